/** The positions in the birth chart, as a table. */
import { signOf } from '../../astrology/angle.ts';
import { degreeText, houseText, motionText, pointName } from '../../astrology/describe.ts';
import type { Block, TableColumn } from '../../domain/document.ts';
import type { Chart, DayRange } from '../../domain/sky.ts';
import { BODY_GLYPHS, SHOWN_BODIES, SIGN_GLYPHS } from './glyphs.ts';

const CAPTION = 'Positions at birth';

/** One row per body, then the angles: for a page of its own. */
export function positionsTable(chart: Chart): Block {
  const withHouses = chart.houses !== null;
  const rows = positions(chart).map(({ glyph, name, signGlyph, place, house, remark }) => [
    glyph,
    name,
    signGlyph,
    place,
    ...(withHouses ? [house === null ? '' : houseText(house)] : []),
    remark,
  ]);
  const columns: TableColumn[] = [
    { title: '', align: 'center', weight: 1, font: 'symbol' },
    { title: 'Point', align: 'left', weight: 4 },
    { title: '', align: 'center', weight: 1, font: 'symbol' },
    { title: 'Position', align: 'left', weight: 4.5 },
    ...(withHouses ? [{ title: 'House', align: 'left' as const, weight: 2.5 }] : []),
    { title: '', align: 'left', weight: 4 },
  ];
  return { kind: 'table', caption: CAPTION, columns, rows };
}

/** The same in half the height, two points per row: for the horoscope's cover. */
export function compactPositionsTable(chart: Chart): Block {
  // ranges need more room than positions
  const [name, place] = chart.bodies.Sun.day ? [2.6, 6.4] : [3.4, 4.4];
  const columns: TableColumn[] = [
    { title: '', align: 'center', weight: 1, font: 'symbol' },
    { title: 'Point', align: 'left', weight: name },
    { title: 'Position', align: 'left', weight: place },
    ...(chart.houses === null ? [] : [{ title: 'House', align: 'center' as const, weight: 1.6 }]),
  ];
  const cells = positions(chart).map(({ glyph, name, place, house, mark }) =>
    [
      glyph,
      name.replace('Black Moon ', ''),
      place + mark,
      house === null ? '' : String(house),
    ].slice(0, columns.length),
  );
  const half = Math.ceil(cells.length / 2);
  const rows = cells
    .slice(0, half)
    .map((left, index) => [...left, ...(cells[half + index] ?? columns.map(() => ''))]);
  return { kind: 'table', caption: CAPTION, columns: [...columns, ...columns], rows };
}

interface Position {
  glyph: string;
  name: string;
  signGlyph: string;
  place: string;
  house: number | null;
  /** ` R` for retrograde, ` (R)` for a part of the day of birth */
  mark: string;
  remark: string;
}

function positions(chart: Chart): Position[] {
  const bodies = SHOWN_BODIES.map((body): Position => {
    const { sign, degree, house, day } = chart.bodies[body];
    const { retrograde, dignity } = day ?? chart.bodies[body];
    // nodes and Lilith usually go backwards, so it is not worth a remark
    const remarks = body === 'TrueNode' || body === 'Lilith' ? [] : motionText(retrograde);
    return {
      glyph: BODY_GLYPHS[body],
      name: pointName(body),
      signGlyph: (day?.signs ?? [sign]).map((each) => SIGN_GLYPHS[each]).join(''),
      place: day ? dayPlace(day) : `${degreeText(degree)} ${sign}`,
      house,
      mark: remarks.length === 0 ? '' : retrograde === null ? ' (R)' : ' R',
      remark: [...remarks, ...(dignity ? [dignity] : [])].join(', '),
    };
  });
  const { angles } = chart;
  if (angles === null) return bodies;
  const points = (['Asc', 'MC'] as const).map((angle): Position => {
    const longitude = angles[angle];
    const sign = signOf(longitude);
    return {
      glyph: '',
      name: pointName(angle),
      signGlyph: SIGN_GLYPHS[sign],
      place: `${degreeText(longitude % 30)} ${sign}`,
      house: null,
      mark: '',
      remark: '',
    };
  });
  return [...bodies, ...points];
}

/** @returns `5°50'–18°11' Libra`, `29°07' Pisces – 0°06' Aries` */
function dayPlace({ from, to, signs }: DayRange): string {
  const [first, last] = [degreeText(from % 30), degreeText(to % 30)];
  if (signs.length > 1) return `${first} ${signs[0]} – ${last} ${signs.at(-1)}`;
  return `${first === last ? first : `${first}–${last}`} ${signs[0]}`;
}
