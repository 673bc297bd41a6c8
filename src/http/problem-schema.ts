/** How errors look on the wire. */
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('stable: programs can rely on it'),
    detail: z.string().describe('what to do about it'),
    errors: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .optional()
      .describe('for bad input: one entry per field'),
  })
  .meta({
    id: 'Problem',
    description: 'RFC 9457 problem details',
    examples: [
      {
        type: 'about:blank',
        title: 'Unprocessable Entity',
        status: 422,
        code: 'invalid_input',
        detail: 'birth.date: must be a date in the form YYYY-MM-DD, for example 1990-06-15',
        errors: [
          {
            field: 'birth.date',
            message: 'must be a date in the form YYYY-MM-DD, for example 1990-06-15',
          },
        ],
      },
    ],
  });

/** Documents the problems that a route may answer with. */
export function problems<Status extends number>(...statuses: Status[]) {
  const entries = statuses.map((status) => [
    status,
    {
      description: STATUS_CODES[status] ?? '',
      content: { 'application/problem+json': { schema: problemSchema } },
    },
  ]);
  return Object.fromEntries(entries) as Record<Status, object>;
}
