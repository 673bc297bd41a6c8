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
    field: z
      .string()
      .optional()
      .describe('of `ambiguous_birth`: the field that answers the question')
      .meta({ examples: ['birth.place.timeZone'] }),
    choices: z
      .array(
        z.object({
          value: z.string().describe('what the field takes'),
          label: z.string(),
          utc: z.string().describe('the instant of the birth with this answer'),
        }),
      )
      .optional()
      .describe(
        'of `ambiguous_birth`: show them to the customer and send the order again with the chosen value; a further question may follow',
      ),
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
      {
        type: 'about:blank',
        title: 'Unprocessable Entity',
        status: 422,
        code: 'ambiguous_birth',
        detail:
          'birth.place.timeZone: two zones are in use in Ürümqi, and they differed on 1990-01-15; give "Asia/Urumqi" ' +
          '(UTC+06:00: 1990-01-15T06:00:00Z) or "Asia/Shanghai" (UTC+08:00: 1990-01-15T04:00:00Z)',
        field: 'birth.place.timeZone',
        choices: [
          { value: 'Asia/Urumqi', label: 'UTC+06:00', utc: '1990-01-15T06:00:00Z' },
          { value: 'Asia/Shanghai', label: 'UTC+08:00', utc: '1990-01-15T04:00:00Z' },
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
