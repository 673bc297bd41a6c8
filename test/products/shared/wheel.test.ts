import { describe, expect, it } from 'vitest';
import type { Subject } from '../../../src/domain/birth.ts';
import type { Shape } from '../../../src/domain/document.ts';
import { aspectGrid } from '../../../src/products/shared/aspect-grid.ts';
import { wheel } from '../../../src/products/shared/wheel.ts';
import { factsOf, subjectOf } from '../sample.ts';

const TROMSO = { name: 'Tromsø', latitude: 69.65, longitude: 18.96, timeZone: 'Europe/Oslo' };
const BIRTHS: [string, Subject][] = [
  ['an ordinary birth', subjectOf()],
  // seven planets within 17 degrees of Aquarius
  ['a great stellium', subjectOf({ utc: '1962-02-05T00:10:00Z' })],
  // Sun to Saturn in Taurus and Gemini, except Jupiter
  ['another stellium', subjectOf({ utc: '2000-05-03T22:00:00Z' })],
  [
    'houses that run clockwise near the pole',
    subjectOf({ place: TROMSO, utc: '1990-12-21T10:00:00Z', houseSystem: 'regiomontanus' }),
  ],
  [
    'a birth above the polar circle',
    subjectOf({ place: TROMSO, utc: '1990-06-15T10:00:00Z', houseSystem: 'porphyry' }),
  ],
  [
    'narrow houses above the polar circle',
    subjectOf({ place: TROMSO, utc: '1990-12-21T03:00:00Z', houseSystem: 'placidus' }),
  ],
  ['an unknown time', subjectOf({ time: null })],
  [
    'an unknown time on the day of a great stellium',
    subjectOf({ utc: '1962-02-04T12:00:00Z', time: null }),
  ],
  [
    'an unknown time on a day on which much changes',
    subjectOf({ utc: '2020-12-21T12:00:00Z', time: null }),
  ],
];

function shapesOf(subject: Subject, size: number): Shape[] {
  const figure = wheel(factsOf(subject).chart, size);
  return figure.kind === 'figure' ? figure.shapes : [];
}

function boxesOf(shapes: Shape[]) {
  return shapes.flatMap((shape) => {
    if (shape.kind !== 'glyph') return [];
    // a digit of a text face is about 0.56 of its size wide and 0.72 high
    const width = shape.font === 'symbol' ? shape.size : shape.text.length * 0.56 * shape.size;
    const height = shape.font === 'symbol' ? shape.size : 0.72 * shape.size;
    return [{ text: shape.text, x: shape.x, y: shape.y, width, height }];
  });
}

type Point = readonly [x: number, y: number];

function pointsOf(path: string): Point[] {
  return [...path.matchAll(/([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

/** Whether any stroke of one leader line crosses any stroke of the other. */
function cross(one: readonly Point[], other: readonly Point[]): boolean {
  const strokes = (points: readonly Point[]) =>
    points.slice(1).map((to, index): [Point, Point] => [points[index] ?? to, to]);
  const side = ([ax, ay]: Point, [bx, by]: Point, [px, py]: Point) =>
    Math.sign((bx - ax) * (py - ay) - (by - ay) * (px - ax));
  return strokes(one).some(([a, b]) =>
    strokes(other).some(
      ([c, d]) => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0,
    ),
  );
}

describe.each(BIRTHS)('the wheel of %s', (_, subject) => {
  it.each([250, 340])('has no overlapping glyphs or labels, %d points wide', (size) => {
    const boxes = boxesOf(shapesOf(subject, size));
    const overlapping = boxes.flatMap((one, index) =>
      boxes
        .slice(index + 1)
        .filter(
          (other) =>
            Math.abs(one.x - other.x) < (one.width + other.width) / 2 &&
            Math.abs(one.y - other.y) < (one.height + other.height) / 2,
        )
        .map((other) => `${one.text} ${other.text}`),
    );
    expect(overlapping).toEqual([]);
  });

  it('connects every body to its glyph without crossing another leader line', () => {
    const leaders = shapesOf(subject, 340).flatMap((shape) =>
      // the other paths are the bands of an unknown time
      shape.kind === 'path' && shape.stroke === 'muted' ? [pointsOf(shape.d)] : [],
    );
    expect(leaders).toHaveLength(13);
    const crossings = leaders.flatMap((one, index) =>
      leaders.slice(index + 1).filter((other) => cross(one, other)),
    );
    expect(crossings).toEqual([]);
  });

  it('stays within its figure', () => {
    for (const { x, y, width, height } of boxesOf(shapesOf(subject, 300))) {
      expect(Math.min(x - width / 2, y - height / 2)).toBeGreaterThanOrEqual(0);
      expect(Math.max(x + width / 2, y + height / 2)).toBeLessThanOrEqual(300);
    }
  });
});

describe('the wheel', () => {
  const texts = (subject: Subject) => boxesOf(shapesOf(subject, 300)).map(({ text }) => text);

  it('shows twelve signs, thirteen bodies, twelve houses and four angles', () => {
    expect(texts(subjectOf())).toHaveLength(12 + 13 * 2 + 12 + 4);
  });

  it('leaves houses and angles out if the time is unknown, and degrees that depend on the hour', () => {
    const said = texts(subjectOf({ time: null }));
    // on 15 June 1990 Sun, Moon, Mercury, Venus and Mars entered another degree
    expect(said).toHaveLength(12 + 13 * 2 - 5);
    expect(said).toContain('24°R');
    expect(said).not.toContain('14°');
  });

  it('shows how far each body moved on the day of birth if the time is unknown', () => {
    const bands = (subject: Subject) =>
      shapesOf(subject, 300).filter((shape) => shape.kind === 'path' && shape.stroke === 'ink');
    expect(bands(subjectOf({ time: null }))).toHaveLength(13);
    expect(bands(subjectOf())).toHaveLength(0);
  });

  it('has the ascendant on the left', () => {
    const asc = shapesOf(subjectOf(), 300).find(
      (shape) => shape.kind === 'glyph' && shape.text === 'AC',
    );
    expect(asc).toMatchObject({ y: 150 });
    expect(asc).toHaveProperty('x', expect.closeTo(5.4, 1));
  });

  it('is described in words for readers who cannot see it', () => {
    expect(wheel(factsOf(subjectOf()).chart, 300)).toHaveProperty(
      'alt',
      expect.stringMatching(
        /^Natal wheel: Ascendant in Virgo 4°11'; .*Sun in Gemini 24°0\d', 10th house;/,
      ),
    );
  });
});

it('the aspect grid has a square for every pair', () => {
  const figure = aspectGrid(factsOf(subjectOf()).chart, 20);
  if (figure.kind !== 'figure') throw new Error('a figure was expected');
  const squares = figure.shapes.filter(({ kind }) => kind === 'path');
  expect(squares).toHaveLength((14 * 13) / 2);
  expect([figure.width, figure.height]).toEqual([280, 280]);
  expect(figure.alt).toContain('Jupiter conjunction Chiron, orb 0°');
});
