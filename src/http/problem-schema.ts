/** How errors look on the wire, and how a route says which ones it answers with. */
import { z } from 'zod';
import { ALL_CODES, ERROR_CODES, type ErrorCode } from './error-codes.ts';
import { type Problem, problemOf } from './error-map.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** codes beside those that its kind of route always has */
    errors?: readonly ErrorCode[];
  }
}

export const errorCodeSchema = z
  .enum(ALL_CODES)
  .meta({ id: 'ErrorCode', description: 'Stable: programs can rely on it' });

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: errorCodeSchema,
    detail: z.string().describe('what to do about it'),
    errors: z
      .array(
        z
          .object({
            field: z.string().describe('its path, as in the request: `birth.date`'),
            message: z.string().describe('what is wrong and what is allowed, with an example'),
          })
          .meta({ id: 'FieldIssue' }),
      )
      .optional()
      .describe('for bad input: all fields that are wrong, one entry for each fault'),
    field: z
      .string()
      .optional()
      .describe('of `ambiguous_birth`: the field that answers the question')
      .meta({ examples: ['birth.place.timeZone'] }),
    choices: z
      .array(
        z
          .object({
            value: z.string().describe('what the field takes'),
            label: z.string(),
            utc: z.string().describe('the instant of the birth with this answer'),
          })
          .meta({ id: 'BirthChoice' }),
      )
      .optional()
      .describe(
        'of `ambiguous_birth`: show them to the customer and send the order again with the chosen value; a further question may follow',
      ),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' });

/** A whole problem with this code, as it is answered. */
export function exampleOf(code: ErrorCode): Problem {
  const kind = ERROR_CODES[code];
  const [field, message] = kind.detail.split(': ', 2);
  const names = 'namesField' in kind && field !== undefined && message !== undefined;
  const problem = problemOf(code, kind.detail, names ? [{ field, message }] : []);
  return 'question' in kind ? { ...problem, ...kind.question } : problem;
}
