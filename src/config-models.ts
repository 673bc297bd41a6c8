/** The environment's two variables about models that the tables do not have. Each holds JSON. */
import { z } from 'zod';

const modelName = z.string().min(1).max(200);
const perMillion = z.number().min(0).max(10_000);
/** What is left out of the cache costs as much as plain input. */
const ownPrice = z
  .strictObject({
    in: perMillion,
    out: perMillion,
    cached: perMillion.optional(),
    written: perMillion.optional(),
  })
  .transform(({ cached, written, ...price }) => ({
    ...price,
    cached: cached ?? price.in,
    written: written ?? price.in,
  }));

/** A variable that holds JSON. */
function json<T>(schema: z.ZodType<T>) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('must be JSON: see .env.example');
        return z.NEVER;
      }
    })
    .pipe(schema);
}

export const modelProfiles = json(z.record(modelName, modelName));
export const modelPrices = json(z.record(modelName, ownPrice));
