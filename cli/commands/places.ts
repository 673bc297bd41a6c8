/** `almanac places`: what the place search finds. */
import { parseArgs } from 'node:util';
import { openPlaces } from '../../src/astrology/places.ts';
import { refuse } from '../sky/birth-answers.ts';
import { tableText } from '../sky/table.ts';

export const summary = 'finds birth places by name';

/** @returns the exit code. @throws InvalidInput for a wrong --limit */
export async function run(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    options: {
      limit: { type: 'string', default: '10' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const query = positionals.join(' ');
  if (values.help) {
    console.log('npm run almanac -- places "cordoba" [--limit 10] [--json]');
    return 0;
  }
  const limit = Number(values.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw refuse('limit', `"${values.limit}" is not a number from 1 to 100, such as --limit 10`);
  }
  const { places: found, ignored } = openPlaces().search(query, limit);
  if (ignored !== null) console.error(`place: "${ignored}" was left out; it fits no place`);
  if (found.length === 0) {
    if (values.json) console.log('[]');
    console.error(
      `place: no place is called "${query}"; give a name or its beginning, with or without ` +
        'region or country, such as places "Córdoba, Argentina"',
    );
    return 2;
  }
  const rows = found.map((place) => [
    place.name,
    place.region ?? '',
    place.country,
    place.population === null ? '' : String(place.population),
    place.latitude.toFixed(4),
    place.longitude.toFixed(4),
    place.timeZone,
    place.id,
  ]);
  const header = ['Name', 'Region', 'Country', 'Population', 'Latitude', 'Longitude', 'Zone', 'Id'];
  console.log(
    values.json ? JSON.stringify(found, null, 2) : tableText([header, ...rows], [3, 4, 5]),
  );
  return 0;
}
