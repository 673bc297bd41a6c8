/** The search for birth places. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Places } from '../../domain/ports/sky.ts';
import { placeQuerySchema, placesSchema } from './places-schema.ts';

export function placeRoutes({ places }: { places: Places }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/v1/places',
      {
        schema: {
          summary: 'Search birth places, best matches first',
          operationId: 'searchPlaces',
          tags: ['catalogue'],
          querystring: placeQuerySchema,
          response: { 200: placesSchema },
        },
      },
      async ({ query }) => places.search(query.q, query.limit),
    );
  };
}
