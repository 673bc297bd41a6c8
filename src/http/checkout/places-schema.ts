/** The search for birth places, on the wire. */
import { z } from 'zod';

export const placeQuerySchema = z.object({
  q: z
    .string('is missing; give the beginning of a place name, for example ?q=Vienna')
    .trim()
    .min(2, 'must have at least 2 characters, for example ?q=Vienna')
    .max(100, 'must have at most 100 characters')
    .meta({ examples: ['Vienna'] }),
  limit: z.coerce
    .number('must be a number from 1 to 20')
    .int('must be a whole number from 1 to 20')
    .min(1, 'must be a number from 1 to 20')
    .max(20, 'must be a number from 1 to 20')
    .default(8),
});

export const placesSchema = z
  .object({
    places: z.array(
      z
        .object({
          id: z.string().describe('identifies this place in an order'),
          name: z.string(),
          country: z.string(),
          latitude: z.number(),
          longitude: z.number(),
          timeZone: z.string(),
        })
        .meta({
          id: 'KnownPlace',
          examples: [
            {
              id: '2761369',
              name: 'Vienna',
              country: 'AT',
              latitude: 48.2085,
              longitude: 16.3721,
              timeZone: 'Europe/Vienna',
            },
          ],
        }),
    ),
  })
  .meta({ id: 'Places' });
