/** The aspects between all points as a staircase of glyphs, each with its orb. */
import { describeAspect } from '../../astrology/describe.ts';
import type { Block, Colour, Shape } from '../../domain/document.ts';
import type { Angle, Aspect, AspectKind, Body, Chart } from '../../domain/sky.ts';
import { ASPECT_GLYPHS, BODY_GLYPHS, SHOWN_BODIES } from './glyphs.ts';

const COLOURS: Readonly<Partial<Record<AspectKind, Colour>>> = {
  conjunction: 'accent',
  opposition: 'fire',
  square: 'fire',
  trine: 'water',
  sextile: 'air',
};

/** @param cell side of one square, points; the figure is as wide as all points next to each other */
export function aspectGrid(chart: Chart, cell: number): Block {
  // Lilith makes no aspects: it is a point of the Moon's orbit, not a body
  const bodies = SHOWN_BODIES.filter((body) => body !== 'Lilith');
  const points: (Body | Angle)[] = chart.angles === null ? bodies : [...bodies, 'Asc', 'MC'];
  const shapes = points.flatMap((point, row): Shape[] => [
    headOf(point, row, cell),
    ...points.slice(0, row).flatMap((other, column) => {
      const aspect = chart.aspects.find((each) => joins(each, point, other));
      return [frame(column, row, cell), ...(aspect ? mark(aspect, column, row, cell) : [])];
    }),
  ]);
  const said = chart.aspects
    .filter(({ a, b }) => points.includes(a) && points.includes(b))
    .map(describeAspect);
  const size = points.length * cell;
  return {
    kind: 'figure',
    width: size,
    height: size,
    shapes,
    alt: `Aspects at birth: ${said.join('; ')}.`,
  };
}

function joins({ a, b }: Aspect, one: Body | Angle, other: Body | Angle): boolean {
  return (a === one && b === other) || (a === other && b === one);
}

/** A point's glyph at the foot of its column, which is also the end of its row. */
function headOf(point: Body | Angle, index: number, cell: number): Shape {
  const isAngle = point === 'Asc' || point === 'MC' || point === 'Dsc' || point === 'IC';
  return {
    kind: 'glyph',
    x: (index + 0.5) * cell,
    y: (index + 0.5) * cell,
    text: isAngle ? point : BODY_GLYPHS[point],
    size: cell * (isAngle ? 0.4 : 0.62),
    font: isAngle ? 'text' : 'symbol',
    fill: 'ink',
  };
}

function frame(column: number, row: number, cell: number): Shape {
  const [left, top] = [column * cell, row * cell];
  return {
    kind: 'path',
    d: `M ${left} ${top} h ${cell} v ${cell} h ${-cell} Z`,
    stroke: 'faint',
    width: 0.5,
  };
}

function mark({ kind, orb, orbs }: Aspect, column: number, row: number, cell: number): Shape[] {
  const glyph = ASPECT_GLYPHS[kind];
  const fill = COLOURS[kind];
  if (glyph === undefined || fill === undefined) return [];
  const x = (column + 0.5) * cell;
  return [
    {
      kind: 'glyph',
      x,
      y: (row + 0.37) * cell,
      text: glyph,
      size: cell * 0.46,
      font: 'symbol',
      fill,
    },
    {
      kind: 'glyph',
      x,
      y: (row + 0.82) * cell,
      text: orbs ? orbRange(orbs) : degrees(orb),
      size: cell * 0.26,
      font: 'text',
      fill: 'muted',
    },
  ];
}

function degrees(orb: number): string {
  return `${orb.toFixed(1)}°`;
}

/** With an unknown time: `2.1°` when it is that all day, otherwise whole degrees, as `2–4°`. */
function orbRange({ least, most }: NonNullable<Aspect['orbs']>): string {
  if (degrees(least) === degrees(most)) return degrees(least);
  return `${Math.floor(least)}–${Math.ceil(most)}°`;
}
