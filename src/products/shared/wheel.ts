/** The natal wheel as shapes: zodiac, houses, bodies at their positions, aspects across the middle. */
import type { Block } from '../../domain/document.ts';
import type { Chart } from '../../domain/sky.ts';
import { chartInWords } from './chart-in-words.ts';
import { dialOf } from './dial.ts';
import { aspectLines } from './wheel-aspects.ts';
import { bodyGlyphs } from './wheel-bodies.ts';
import { houseLines } from './wheel-houses.ts';
import { zodiacRing } from './wheel-zodiac.ts';

/**
 * The ascendant is at the left and the zodiac runs counter-clockwise, as in European charts. With an
 * unknown time 0° Aries is at the left, and houses and angles are left out.
 * @param size side of the square figure, points
 */
export function wheel(chart: Chart, size: number): Block {
  const dial = dialOf(size, chart.angles?.Asc ?? 0);
  return {
    kind: 'figure',
    width: size,
    height: size,
    shapes: [
      ...zodiacRing(dial),
      ...houseLines(chart, dial),
      ...aspectLines(chart, dial),
      ...bodyGlyphs(chart, dial),
    ],
    alt: chartInWords(chart),
  };
}
