/** An order request on the wire. Each error message says what is allowed, with an example. */
import { z } from 'zod';
import { HOUSE_SYSTEMS, ZODIACS } from '../../domain/birth.ts';
import { seenWords } from '../../domain/typed-words.ts';
import { productIdSchema } from '../product-ids.ts';

const DATE = 'must be a date in the form YYYY-MM-DD, for example 1990-06-15';
const TIME =
  'must be a local time in the form HH:MM or HH:MM:SS, for example 14:30, or null if unknown';
const EMAIL =
  'must be an e-mail address, with at most 64 characters before the @, for example ada@example.com';
const NAME =
  'must have 1 to 120 printable characters, at least one of them visible, for example "Ada Lovelace"';
const LATITUDE = 'must be a number of degrees from -90 to 90, north positive, for example 48.21';
const LONGITUDE = 'must be a number of degrees from -180 to 180, east positive, for example 16.37';
const ZONE = 'must be an IANA time zone, not an offset from UTC, for example Europe/Vienna';

/** At least one visible character; no control characters or lone surrogates. Unicode counts some fillers as letters. */
const VISIBLE =
  /^(?=.*[^\s\p{C}\p{M}\p{Z}\p{Default_Ignorable_Code_Point}\u2800])[^\p{Cc}\p{Cs}]*$/su;
const SHORT_LOCAL_PART = /^(?!.{65,}@)/s;

const day = z.string(DATE).regex(/^\d{4}-\d{2}-\d{2}$/, DATE);
const name = z.string(NAME).overwrite(seenWords).trim().max(120, NAME).regex(VISIBLE, NAME);
const zone = z
  .string(ZONE)
  .max(60, ZONE)
  .regex(/^[A-Za-z]/, ZONE);

const OFFSET =
  'must be an offset from UTC from -16:00 to +16:00, east positive, for example +08:00';

const placeById = z.strictObject({
  id: z.string('must be an id from GET /v1/places?q=').min(1).max(40),
  timeZone: zone
    .optional()
    .describe('only to answer the question which of two zones was meant: one of its choices'),
});
const placeInFull = z.strictObject({
  name,
  latitude: z.number(LATITUDE).min(-90, LATITUDE).max(90, LATITUDE),
  longitude: z.number(LONGITUDE).min(-180, LONGITUDE).max(180, LONGITUDE),
  timeZone: zone,
});

export const birthSchema = z
  .strictObject(
    {
      name,
      date: day,
      time: z
        .string(TIME)
        .regex(/^\d{2}:\d{2}(:\d{2})?$/, TIME)
        .nullable()
        .describe('local time; null if unknown'),
      fold: z
        .enum(['earlier', 'later'], 'must be "earlier" or "later"')
        .optional()
        .describe('which one, if the clocks were set back and showed this time twice'),
      calendar: z
        .enum(['old', 'new'], 'must be "old" (Julian) or "new" (Gregorian)')
        .optional()
        .describe(
          'the calendar of the date; asked for where a country changed from the Julian calendar later',
        ),
      utcOffset: z
        .string(OFFSET)
        .regex(/^[+-](0\d|1[0-5]):[0-5]\d(:[0-5]\d)?$|^[+-]16:00(:00)?$/, OFFSET)
        .optional()
        .describe(
          'offset of the local time from UTC, if the customer knows better than the zone: goes before every zone',
        )
        .meta({ examples: ['+08:00'] }),
      place: z.union([placeById, placeInFull], {
        error: 'must be {id} from GET /v1/places?q=, or {name, latitude, longitude, timeZone}',
      }),
    },
    { error: 'is missing; give {name, date, time, place}' },
  )
  .meta({ id: 'Birth' });

export const birthFields = birthSchema.shape;

export const orderRequestSchema = z
  .strictObject(
    {
      email: z
        .string(EMAIL)
        .trim()
        .max(254, EMAIL)
        .regex(SHORT_LOCAL_PART, EMAIL)
        .pipe(z.email(EMAIL)),
      products: z
        .array(productIdSchema, {
          error: 'must be a list of product ids, for example ["life-clarity"]',
        })
        .min(1, 'name at least one product, for example ["life-clarity"]')
        .max(20, 'lists more products than there are'),
      birth: birthSchema,
      timeZone: zone.optional().describe("time zone of the report year; default: the birth's"),
      startDate: day.optional().describe('first day of the report year; default: today there'),
      houseSystem: z
        .enum(HOUSE_SYSTEMS, `must be one of ${HOUSE_SYSTEMS.join(', ')}`)
        .optional()
        .describe('default: placidus'),
      zodiac: z
        .enum(ZODIACS, `must be one of ${ZODIACS.join(', ')}`)
        .optional()
        .describe('default: tropical'),
    },
    { error: 'must be a JSON object with email, products and birth' },
  )
  .meta({
    id: 'OrderRequest',
    examples: [
      {
        email: 'ada@example.com',
        products: ['bundle'],
        birth: {
          name: 'Ada Lovelace',
          date: '1990-06-15',
          time: '14:30',
          place: {
            name: 'Vienna',
            latitude: 48.2085,
            longitude: 16.3721,
            timeZone: 'Europe/Vienna',
          },
        },
      },
    ],
  });

const KEY = 'must have 8 to 200 letters, digits, "-" or "_", for example a UUID';
/** Loose, so that the other headers are kept. */
export const idempotencyHeaderSchema = z.looseObject({
  'idempotency-key': z
    .string(KEY)
    .regex(/^[\w-]{8,200}$/, KEY)
    .optional()
    .describe('the same key with the same body returns the same order'),
});
