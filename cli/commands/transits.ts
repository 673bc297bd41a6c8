/** `almanac transits`: the exact transits to a birth chart between two days. */
import { computeChart } from '../../src/astrology/chart.ts';
import { YEARS } from '../../src/astrology/check-birth.ts';
import { isCivilDate } from '../../src/astrology/civil-time.ts';
import { pointName } from '../../src/astrology/describe.ts';
import { isoOf, julianDay } from '../../src/astrology/julian-day.ts';
import { TRANSITING } from '../../src/astrology/transit-rules.ts';
import { solveExact } from '../../src/astrology/transits.ts';
import { createYearSky } from '../../src/astrology/year-sky.ts';
import { refuse } from '../sky/birth-answers.ts';
import { BIRTH_OPTIONS, BIRTH_USAGE, parseOptions, readChartInput } from '../sky/birth-options.ts';
import { tableText } from '../sky/table.ts';

export const summary = 'lists the exact transits to a birth chart';

const USAGE = `npm run almanac -- transits --date 1990-06-15 --time 11:00 --place "London, GB" --from 2026-01-01 --to 2026-12-31\n
${BIRTH_USAGE}
  --from 2026-01-01 --to 2026-12-31  first and last day, UTC
  --moon                           adds the transits of the Moon`;

/** @returns the exit code. @throws InvalidInput naming the options to fix */
export async function run(argv: string[]): Promise<number> {
  const values = parseOptions(argv, {
    ...BIRTH_OPTIONS,
    from: { type: 'string' },
    to: { type: 'string' },
    moon: { type: 'boolean', default: false },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const { input } = readChartInput(values);
  const from = dayOf('from', values.from);
  const to = dayOf('to', values.to) + 1;
  if (to <= from) throw refuse('to', `${values.to} is before --from ${values.from}`);
  const bodies = TRANSITING.map(({ body }) => body).filter(
    (body) => values.moon || body !== 'Moon',
  );
  const sky = createYearSky({ from, to, zodiac: input.zodiac, margins: false });
  const transits = solveExact(sky, computeChart(input), bodies).map(({ at, ...transit }) => ({
    ...transit,
    exact: isoOf(at),
  }));
  const rows = transits.map(({ transiting, aspect, natal, exact }) => [
    exact,
    transiting,
    aspect,
    pointName(natal),
  ]);
  console.log(
    values.json
      ? JSON.stringify(transits, null, 2)
      : tableText([['Exact (UTC)', 'Transiting', 'Aspect', 'Natal'], ...rows]),
  );
  return 0;
}

/** Julian day at which a UTC date begins. */
function dayOf(option: 'from' | 'to', date: string | undefined): number {
  const year = Number(date?.slice(0, 4));
  if (date === undefined || !isCivilDate(date) || year < YEARS.first || year > YEARS.last) {
    throw refuse(
      option,
      `${date === undefined ? 'missing' : `"${date}" is not a day`}; give one of the years ` +
        `${YEARS.first}-${YEARS.last} as YYYY-MM-DD, such as --${option} 2026-01-01`,
    );
  }
  return julianDay(`${date}T00:00:00Z`);
}
