/** What model calls have used and cost, on the wire. */
import { z } from 'zod';

const day = z.iso.date();

export const usageQuerySchema = z.object({
  from: day.optional().describe('first day, UTC; if left out: six days before `to`'),
  to: day.optional().describe('last day, UTC; if left out: today'),
});

const used = {
  calls: z.int().describe('requests that were sent and have ended'),
  faults: z.int().describe('those of them that got no answer'),
  unknown: z
    .int()
    .describe(
      'requests whose usage nobody knows: tokens and cost are the most they may have taken',
    ),
  tokensIn: z.int(),
  tokensCached: z.int().describe('part of tokensIn'),
  tokensWritten: z.int().describe('part of tokensIn, written to the cache of the provider'),
  tokensOut: z.int(),
  tokensReasoning: z.int().describe('part of tokensOut, thought before the answer'),
  costMicros: z.int().describe('millionths of a dollar'),
};

export const usageSchema = z
  .object({
    from: day,
    to: day,
    total: z.object(used),
    days: z.array(z.object({ day, productId: z.string(), model: z.string(), ...used })),
    reports: z
      .array(z.object({ reportId: z.string(), productId: z.string(), day, ...used }))
      .describe('reports begun on these days, oldest first; at most 1,000'),
  })
  .meta({ id: 'Usage' });
