/** `almanac chart`: one chart, as a table or as JSON. */
import { computeChart } from '../../src/astrology/chart.ts';
import {
  degreeText,
  describeAngle,
  describeAspect,
  describeMoonRange,
  describePattern,
  pointName,
  signDegreeText,
} from '../../src/astrology/describe.ts';
import { ephemerisName } from '../../src/astrology/ephemeris.ts';
import { ANGLES, BODIES, type Chart } from '../../src/domain/sky.ts';
import {
  type AskedChart,
  BIRTH_OPTIONS,
  BIRTH_USAGE,
  parseOptions,
  readChartInput,
} from '../sky/birth-options.ts';
import { tableText } from '../sky/table.ts';

export const summary = 'computes a birth chart';

const USAGE = `npm run almanac -- chart --date 1990-06-15 --time 11:00 --place "London, GB"\n
${BIRTH_USAGE}
  --minors                         adds the minor aspects`;

/** @returns the exit code. @throws InvalidInput naming the options to fix */
export async function run(argv: string[]): Promise<number> {
  const values = parseOptions(argv, { ...BIRTH_OPTIONS, minors: { type: 'boolean' } });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const asked = readChartInput(values);
  const chart = computeChart({ ...asked.input, minorAspects: values.minors });
  console.log(values.json ? jsonOf(chart, asked) : textOf(chart, asked));
  return 0;
}

function jsonOf(chart: Chart, { place, birth }: AskedChart): string {
  const { houseSystem, houseSystemUsed, ...rest } = chart;
  return JSON.stringify(
    {
      ...rest,
      houseSystem: houseSystemUsed,
      houseSystemAsked: houseSystem,
      place,
      ...(birth && { offsetSeconds: birth.offsetSeconds, offsetDoubt: birth.offsetDoubt ?? null }),
      ephemeris: ephemerisName,
    },
    null,
    2,
  );
}

function textOf(chart: Chart, { place, birth }: AskedChart): string {
  const positions = BODIES.map((body) => {
    const { sign, degree, latitude, speed, retrograde, house, dignity } = chart.bodies[body];
    return [
      pointName(body),
      sign,
      degreeText(degree),
      latitude.toFixed(4),
      speed.toFixed(4),
      retrograde ? 'R' : '',
      house === null ? '' : String(house),
      dignity ?? '',
    ];
  });
  const header = ['', 'Sign', 'Degree', 'Latitude', 'Speed', '', 'House', 'Dignity'];
  const { elements, qualities } = chart.balance;
  const counts = Object.entries({ ...elements, ...qualities }).map(([name, n]) => `${name} ${n}`);
  return [
    [chart.utc, place.name, `${place.latitude} ${place.longitude}`, chart.zodiac, ephemerisName]
      .filter((part) => part !== '')
      .join(' · '),
    birth?.offsetDoubt ? `The offset from UTC is uncertain: ${birth.offsetDoubt.why}.` : '',
    tableText([header, ...positions], [2, 3, 4, 6]),
    housesText(chart),
    `${chart.moonPhase.name}, ${Math.round(chart.moonPhase.illumination * 100)} % lit`,
    counts.join(', ') + (chart.ruler ? `; chart ruler ${chart.ruler}` : ''),
    chart.aspects.map(describeAspect).join('\n'),
    chart.patterns.map(describePattern).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function housesText(chart: Chart): string {
  const { angles, houses, moonRange } = chart;
  if (!angles || !houses) {
    const range = moonRange ? ` ${describeMoonRange(moonRange)}.` : '';
    return `Time unknown: no houses, no angles.${range}`;
  }
  const fallback =
    chart.houseSystem === chart.houseSystemUsed
      ? ''
      : ` (${chart.houseSystem} has no meaning above the polar circle)`;
  return [
    ANGLES.map((angle) => describeAngle(angle, angles[angle])).join(', '),
    `Houses, ${chart.houseSystemUsed}${fallback}:`,
    tableText(
      houses.map((cusp, i) => [String(i + 1), signDegreeText(cusp)]),
      [0],
    ),
  ].join('\n');
}
