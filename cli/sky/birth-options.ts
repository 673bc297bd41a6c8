/** The options that say whose chart it is, for `chart` and `transits`. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { ChartInput } from '../../src/astrology/chart.ts';
import { checkInstant } from '../../src/astrology/check-birth.ts';
import { openPlaces } from '../../src/astrology/places.ts';
import { birthDay, resolveBirth } from '../../src/astrology/resolve-birth.ts';
import {
  type AskedBirth,
  HOUSE_SYSTEMS,
  type Place,
  type ResolvedBirth,
  ZODIACS,
} from '../../src/domain/birth.ts';
import { InvalidInput } from '../../src/domain/errors.ts';
import {
  ANSWER_OPTIONS,
  answersOf,
  asOption,
  type BirthAnswers,
  oneOf,
  placeOf,
  refuse,
  renamed,
} from './birth-answers.ts';

export const BIRTH_OPTIONS = {
  date: { type: 'string' },
  time: { type: 'string' },
  ...ANSWER_OPTIONS,
  utc: { type: 'string' },
  lat: { type: 'string' },
  lng: { type: 'string' },
  place: { type: 'string' },
  'house-system': { type: 'string', default: 'placidus' },
  zodiac: { type: 'string', default: 'tropical' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const satisfies ParseArgsConfig['options'];

export const BIRTH_USAGE = `  --date 1990-06-15 --time 11:00   local date and time; without --time the chart has no houses
  --fold earlier|later             which one, if clocks showed the time twice
  --calendar old|new               the date is Julian or Gregorian, where both were in use
  --utc-offset +08:00              of the local time; goes before every zone
  --utc 1990-06-15T10:00:00Z       instead of date, time and zone
  --lat 51.5074 --lng -0.1278      degrees, north and east positive
  --tz Europe/London               the zone of the local time
  --place "London, GB"             instead of --lat, --lng and --tz; --tz then chooses, where two zones are in use
  --house-system placidus          or ${HOUSE_SYSTEMS.slice(1).join(', ')}
  --zodiac tropical                or ${ZODIACS.slice(1).join(', ')}
  --json                           prints JSON`;

interface BirthValues extends BirthAnswers {
  date?: string;
  time?: string;
  utc?: string;
  lat?: string;
  lng?: string;
  place?: string;
  'house-system': string;
  zodiac: string;
}

export interface AskedChart {
  input: ChartInput;
  place: Place;
  /** null for a chart of a UTC instant */
  birth: ResolvedBirth | null;
}

/** Joins a negative number to its option, because parseArgs reads `--lng -0.1278` as two options. */
export function joinNegative(argv: readonly string[]): string[] {
  const joined: string[] = [];
  for (const argument of argv) {
    const before = joined.at(-1);
    if (before?.startsWith('--') && !before.includes('=') && /^-[\d.]/.test(argument)) {
      joined[joined.length - 1] = `${before}=${argument}`;
    } else joined.push(argument);
  }
  return joined;
}

/** Parses options strictly: refuses unknown options and stray words. */
export function parseOptions<T extends NonNullable<ParseArgsConfig['options']>>(
  argv: readonly string[],
  options: T,
) {
  return parseArgs({ args: joinNegative(argv), options, allowPositionals: false }).values;
}

/** @throws InvalidInput naming the options that cannot be used, with an example of each */
export function readChartInput(values: BirthValues): AskedChart {
  const houseSystem = oneOf('house-system', values['house-system'], HOUSE_SYSTEMS);
  const zodiac = oneOf('zodiac', values.zodiac, ZODIACS);
  const asked = readPlace(values);
  const { place } = asked;
  const where = { latitude: place.latitude, longitude: place.longitude, houseSystem, zodiac };
  if (values.utc !== undefined) {
    if (values.date !== undefined || values.time !== undefined) {
      throw refuse('utc', 'replaces --date and --time; give one or the other');
    }
    const issues = checkInstant(values.utc);
    if (issues.length > 0) throw new InvalidInput(issues.map(asOption));
    // checks the place and its zone, like those of any birth
    renamed(() => resolveBirth({ name: '', date: '2000-01-01', time: null, place }));
    return { input: { utc: values.utc, timeKnown: true, ...where }, place, birth: null };
  }
  if (values.date === undefined) {
    throw refuse('date', 'missing; give the local date, such as --date 1990-06-15, or --utc');
  }
  const local = { name: '', date: values.date, time: values.time ?? null };
  const birth = renamed(() => resolveBirth({ ...local, ...answersOf(values), ...asked }));
  return {
    input: { utc: birth.utc, timeKnown: birth.time !== null, day: birthDay(birth), ...where },
    place: birth.place,
    birth,
  };
}

function readPlace(values: BirthValues): Pick<AskedBirth, 'place' | 'otherZone'> {
  if (values.place !== undefined) {
    const { places, ignored } = openPlaces().search(values.place, 1);
    const [found] = places;
    if (ignored !== null) console.error(`place: "${ignored}" was left out; it fits no place`);
    if (!found) {
      throw refuse(
        'place',
        `no place is called "${values.place}"; give a city, with its country where names repeat, ` +
          'such as --place "Córdoba, Argentina", or --lat, --lng and --tz',
      );
    }
    return placeOf({ ...found, name: `${found.name}, ${found.country}` }, values.tz);
  }
  if (values.utc === undefined && values['utc-offset'] === undefined && values.tz === undefined) {
    throw refuse('tz', 'missing; give the zone of the local time, such as --tz Europe/London');
  }
  const place = {
    name: '',
    latitude: numberOf('lat', values.lat, '--lat 51.5074 (-90 to 90, north positive)'),
    longitude: numberOf('lng', values.lng, '--lng -0.1278 (-180 to 180, east positive)'),
    timeZone: values.tz ?? 'UTC',
  };
  return { place };
}

function numberOf(option: string, value: string | undefined, example: string): number {
  if (value === undefined) throw refuse(option, `missing; give degrees, such as ${example}`);
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (Number.isNaN(number))
    throw refuse(option, `"${value}" is not a number; give degrees, such as ${example}`);
  return number;
}
