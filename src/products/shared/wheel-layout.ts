/** The wheel's layout, and the two strokes that draw all of its rings. */
import type { Colour, Shape } from '../../domain/document.ts';
import type { Chart } from '../../domain/sky.ts';
import type { Dial } from './dial.ts';
import { SHOWN_BODIES } from './glyphs.ts';
import { spread } from './spread.ts';

/** Radii of the rings, from the outside in, as shares of the figure's size. */
export const RADIUS = {
  /** names of the angles, outside the zodiac */
  angle: 0.482,
  outer: 0.455,
  sign: 0.42,
  zodiac: 0.385,
  body: 0.308,
  degree: 0.254,
  house: 0.211,
  inner: 0.19,
} as const;

/** Sides of glyphs and labels, as shares of the figure's size. */
export const SIDE = {
  sign: 0.046,
  body: 0.044,
  degree: 0.022,
  house: 0.022,
  angle: 0.024,
} as const;

/** The angle of each shown body's glyph, degrees of the zodiac. */
export function shownAngles(chart: Chart, dial: Dial): number[] {
  const places = SHOWN_BODIES.map((body) => chart.bodies[body].longitude);
  return spread(places, dial.room(SIDE.body * dial.size * 1.05, RADIUS.body));
}

export function radial(
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

export function label(
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
