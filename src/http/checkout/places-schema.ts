/** The search for birth places, on the wire. */
import { z } from 'zod';

export const placeQuerySchema = z.object({
  q: z
    .string('is missing; give a place name or its beginning, for example ?q=Vienna')
    .trim()
    .min(2, 'must have at least 2 characters, for example ?q=Vienna')
    .max(100, 'must have at most 100 characters')
    .meta({
      description:
        'A name or its beginning, in any script, with at most one typing error. Region, country or a large city ' +
        'near by may follow, after a comma or a blank, in long or short form.',
      examples: ['Vienna', 'Springfield IL', 'München, Bayern', '東京'],
    }),
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
          country: z.string().describe('ISO 3166-1, two letters'),
          region: z
            .string()
            .nullable()
            .describe(
              'state, province or region; tells places of one name apart; null when not known',
            ),
          latitude: z.number(),
          longitude: z.number(),
          timeZone: z.string(),
          population: z.number().nullable().describe('null when not known'),
        })
        .meta({
          id: 'KnownPlace',
          examples: [
            {
              id: '2761369',
              name: 'Vienna',
              country: 'AT',
              region: 'Vienna',
              latitude: 48.2085,
              longitude: 16.3721,
              timeZone: 'Europe/Vienna',
              population: 1691468,
            },
          ],
        }),
    ),
    ignored: z
      .string()
      .nullable()
      .describe(
        'the part of the query that fits no place, when the places were found without it; show it to the customer',
      )
      .meta({ examples: [null, 'Narnia'] }),
  })
  .meta({ id: 'Places' });
