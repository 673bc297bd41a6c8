/** The wheel's rings, from the outside in. Radii are shares of the figure's size. */
import { arc, normalise } from '../../astrology/angle.ts';
import type { Colour, Shape } from '../../domain/document.ts';
import { type AspectKind, type Chart, SIGNS, type Sign } from '../../domain/sky.ts';
import type { Dial } from './dial.ts';
import { BODY_GLYPHS, SHOWN_BODIES, SIGN_GLYPHS } from './glyphs.ts';
import { spread } from './spread.ts';

const RADIUS = {
  /** names of the angles, outside the zodiac */
  angle: 0.482,
  outer: 0.455,
  sign: 0.42,
  zodiac: 0.385,
  body: 0.314,
  degree: 0.258,
  house: 0.213,
  inner: 0.19,
} as const;

/** Sides of glyphs and labels, as shares of the figure's size. */
const SIDE = { sign: 0.046, body: 0.044, degree: 0.022, house: 0.022, angle: 0.024 } as const;

const ELEMENTS: readonly Colour[] = ['fire', 'earth', 'air', 'water'];

/** Orb-bound lines of the five classical aspects; a conjunction is seen without one. */
const ASPECT_COLOURS: Readonly<Partial<Record<AspectKind, Colour>>> = {
  opposition: 'fire',
  square: 'fire',
  trine: 'water',
  sextile: 'air',
};

export function zodiacRing(dial: Dial): Shape[] {
  const middle = dial.size / 2;
  const circles = [RADIUS.outer, RADIUS.zodiac, RADIUS.inner].map(
    (radius): Shape => ({
      kind: 'circle',
      x: middle,
      y: middle,
      r: radius * dial.size,
      stroke: radius === RADIUS.inner ? 'faint' : 'ink',
      width: radius === RADIUS.outer ? 1 : 0.6,
    }),
  );
  const signs = SIGNS.flatMap((sign, index): Shape[] => [
    radial(dial, index * 30, RADIUS.zodiac, RADIUS.outer, 'ink', 0.6),
    signGlyph(dial, sign, index),
  ]);
  const ticks = Array.from({ length: 72 }, (_, index) =>
    radial(dial, index * 5, RADIUS.zodiac, RADIUS.zodiac + 0.008, 'muted', 0.4),
  );
  return [...circles, ...ticks, ...signs];
}

function signGlyph(dial: Dial, sign: Sign, index: number): Shape {
  return {
    kind: 'glyph',
    ...dial.at(index * 30 + 15, RADIUS.sign),
    text: SIGN_GLYPHS[sign],
    size: SIDE.sign * dial.size,
    font: 'symbol',
    fill: ELEMENTS[index % 4] ?? 'ink',
  };
}

/** Cusps, house numbers and the names of the four angles; nothing where the birth time is unknown. */
export function houseLines(chart: Chart, dial: Dial): Shape[] {
  if (chart.houses === null || chart.angles === null) return [];
  const cusps = chart.houses;
  const bodies = shownAngles(chart, dial);
  // a cusp's line stops short of a glyph that stands in its way
  const clear = dial.room(SIDE.body * dial.size, RADIUS.body) / 2;
  const lines = cusps.flatMap((cusp, index): Shape[] => {
    const blocked = bodies.some((angle) => Math.abs(arc(angle, cusp)) < clear);
    const colour: Colour = index % 3 === 0 ? 'ink' : 'faint';
    const width = index % 3 === 0 ? 0.9 : 0.6;
    if (!blocked) return [radial(dial, cusp, RADIUS.inner, RADIUS.zodiac, colour, width)];
    return [
      radial(dial, cusp, RADIUS.inner, RADIUS.house + 0.015, colour, width),
      radial(dial, cusp, RADIUS.body + 0.036, RADIUS.zodiac, colour, width),
    ];
  });
  const middles = cusps.map((cusp, index) => {
    const next = cusps[(index + 1) % 12] ?? cusp;
    return cusp + normalise(next - cusp) / 2;
  });
  // above the polar circle houses may be a few degrees wide: their numbers need room as well
  const numbers = spread(middles, dial.room(SIDE.house * dial.size * 1.15, RADIUS.house)).map(
    (angle, index) => label(dial, angle, RADIUS.house, `${index + 1}`, SIDE.house, 'muted'),
  );
  const { Asc, MC, Dsc, IC } = chart.angles;
  const named: [string, number][] = [
    ['AC', Asc],
    ['MC', MC],
    ['DC', Dsc],
    ['IC', IC],
  ];
  const names = spread(
    named.map(([, angle]) => angle),
    dial.room(SIDE.angle * dial.size * 1.3, RADIUS.angle),
  ).map((angle, index) =>
    label(dial, angle, RADIUS.angle, named[index]?.[0] ?? '', SIDE.angle, 'accent'),
  );
  // on both edges of the zodiac, clear of its glyphs
  const marks = named.flatMap(([, angle]) => [
    radial(dial, angle, RADIUS.zodiac, RADIUS.zodiac + 0.012, 'accent', 1.2),
    radial(dial, angle, RADIUS.outer - 0.008, RADIUS.outer + 0.008, 'accent', 1.2),
  ]);
  return [...lines, ...numbers, ...marks, ...names];
}

export function aspectLines(chart: Chart, dial: Dial): Shape[] {
  return chart.aspects.flatMap(({ a, b, kind, orb }): Shape[] => {
    const stroke = ASPECT_COLOURS[kind];
    const from = longitudeOf(chart, a);
    const to = longitudeOf(chart, b);
    if (stroke === undefined || from === null || to === null) return [];
    const start = dial.at(from, RADIUS.inner);
    const end = dial.at(to, RADIUS.inner);
    return [
      {
        kind: 'line',
        x1: start.x,
        y1: start.y,
        x2: end.x,
        y2: end.y,
        stroke,
        // the closer to exact, the heavier
        width: orb < 1 ? 1.1 : orb < 4 ? 0.7 : 0.4,
        ...(kind === 'sextile' ? { dash: 2 } : {}),
      },
    ];
  });
}

/** Glyph and degree of each body, led to its true place where it had to be moved aside. */
export function bodyGlyphs(chart: Chart, dial: Dial): Shape[] {
  const shown = shownAngles(chart, dial);
  return SHOWN_BODIES.flatMap((body, index): Shape[] => {
    const { longitude: place, degree, retrograde } = chart.bodies[body];
    const angle = shown[index] ?? place;
    const tick = dial.at(place, RADIUS.zodiac);
    const foot = dial.at(place, RADIUS.zodiac - 0.012);
    const head = dial.at(angle, RADIUS.body + SIDE.body * 0.75);
    const degrees = `${Math.floor(degree)}°${retrograde ? 'R' : ''}`;
    return [
      { kind: 'line', x1: tick.x, y1: tick.y, x2: foot.x, y2: foot.y, stroke: 'ink', width: 0.7 },
      { kind: 'line', x1: foot.x, y1: foot.y, x2: head.x, y2: head.y, stroke: 'muted', width: 0.4 },
      {
        kind: 'glyph',
        ...dial.at(angle, RADIUS.body),
        text: BODY_GLYPHS[body],
        size: SIDE.body * dial.size,
        font: 'symbol',
        fill: 'ink',
      },
      label(dial, angle, RADIUS.degree, degrees, SIDE.degree, 'muted'),
    ];
  });
}

/** Where each shown body's glyph stands, degrees of the zodiac. */
function shownAngles(chart: Chart, dial: Dial): number[] {
  const places = SHOWN_BODIES.map((body) => chart.bodies[body].longitude);
  return spread(places, dial.room(SIDE.body * dial.size * 1.05, RADIUS.body));
}

function longitudeOf(chart: Chart, point: Chart['aspects'][number]['a']): number | null {
  if (point === 'Asc' || point === 'MC' || point === 'Dsc' || point === 'IC') {
    return chart.angles?.[point] ?? null;
  }
  if (!(SHOWN_BODIES as readonly string[]).includes(point)) return null;
  return chart.bodies[point].longitude;
}

function radial(
  dial: Dial,
  longitude: number,
  from: number,
  to: number,
  stroke: Colour,
  width: number,
): Shape {
  const start = dial.at(longitude, from);
  const end = dial.at(longitude, to);
  return { kind: 'line', x1: start.x, y1: start.y, x2: end.x, y2: end.y, stroke, width };
}

function label(
  dial: Dial,
  longitude: number,
  radius: number,
  text: string,
  side: number,
  fill: Colour,
): Shape {
  return {
    kind: 'glyph',
    ...dial.at(longitude, radius),
    text,
    size: side * dial.size,
    font: 'text',
    fill,
  };
}
