/** The wheel's bodies, each at its position. */
import { arc, normalise } from '../../astrology/angle.ts';
import type { Shape } from '../../domain/document.ts';
import type { Chart, DayRange } from '../../domain/sky.ts';
import type { Dial } from './dial.ts';
import { BODY_GLYPHS, SHOWN_BODIES } from './glyphs.ts';
import { label, RADIUS, radial, SIDE, shownAngles } from './wheel-layout.ts';

/** A leader begins at a body's true position, and ends at its glyph. */
const FOOT = RADIUS.zodiac - 0.01;
const HEAD = RADIUS.body + SIDE.body * 0.66;
/** The most degrees that one stroke of a leader covers. */
const STROKE = 2;

/**
 * From a true position to its glyph, at an even rate in angle and in radius. Glyphs keep the order of the positions,
 * so these curves never cross. Straight lines would cross, and would run through other glyphs.
 */
function leader(dial: Dial, place: number, angle: number): Shape {
  const turn = arc(place, angle);
  const strokes = Math.max(1, Math.ceil(Math.abs(turn) / STROKE));
  const points = Array.from({ length: strokes + 1 }, (_, index) => {
    const share = index / strokes;
    const { x, y } = dial.at(place + turn * share, FOOT + (HEAD - FOOT) * share);
    return `${x} ${y}`;
  });
  return { kind: 'path', d: `M ${points.join(' L ')}`, stroke: 'muted', width: 0.4 };
}

/** The glyph and degree of each body, with a leader to its true position if it had to be moved. */
export function bodyGlyphs(chart: Chart, dial: Dial): Shape[] {
  const shown = shownAngles(chart, dial);
  return SHOWN_BODIES.flatMap((body, index): Shape[] => {
    const { longitude: place, degree, retrograde, day } = chart.bodies[body];
    const angle = shown[index] ?? place;
    const degrees = day === undefined || sameDegree(day) ? `${Math.floor(degree)}°` : '';
    const words = degrees + ((day ?? { retrograde }).retrograde === true ? 'R' : '');
    return [
      day ? band(dial, day) : radial(dial, place, RADIUS.zodiac, FOOT, 'ink', 0.7),
      leader(dial, place, angle),
      {
        kind: 'glyph',
        ...dial.at(angle, RADIUS.body),
        text: BODY_GLYPHS[body],
        size: SIDE.body * dial.size,
        font: 'symbol',
        fill: 'ink',
      },
      ...(words === '' ? [] : [label(dial, angle, RADIUS.degree, words, SIDE.degree, 'muted')]),
    ];
  });
}

/** With an unknown time: the part of the zodiac that the body passed that day. At least as wide as a tick. */
function band(dial: Dial, { from, to }: DayRange): Shape {
  const width = Math.max(normalise(to - from), 0.2);
  const strokes = Math.ceil(width / STROKE);
  const points = Array.from({ length: strokes + 1 }, (_, index) => {
    const { x, y } = dial.at(from + (width * index) / strokes, (RADIUS.zodiac + FOOT) / 2);
    return `${x} ${y}`;
  });
  const thick = ((RADIUS.zodiac - FOOT) * dial.size) / 2;
  return { kind: 'path', d: `M ${points.join(' L ')}`, stroke: 'ink', width: thick };
}

/** The wheel has no room for two degrees: where the hour would decide, the band shows them, and the table says them. */
function sameDegree({ from, to }: DayRange): boolean {
  return Math.floor(from) === Math.floor(to);
}
