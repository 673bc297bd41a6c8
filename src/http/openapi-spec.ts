/** The parts of the OpenAPI document that we change after it was generated. */
import { z } from 'zod';

/** Carries a route's codes from the first pass over the document to the second. */
export const ERRORS = 'x-errors';

export const specSchema = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        tags: z.array(z.string()).default([]),
        [ERRORS]: z.array(z.string()).default([]),
        responses: z.record(z.string(), z.looseObject({})),
      }),
    ),
  ),
  components: z.looseObject({
    schemas: z.record(z.string(), z.record(z.string(), z.unknown())),
  }),
});
export type Spec = z.infer<typeof specSchema>;
