/** The wheel's bodies, each at its position. */
import { arc } from '../../astrology/angle.ts';
import type { Shape } from '../../domain/document.ts';
import type { Chart } from '../../domain/sky.ts';
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
    const { longitude: place, degree, retrograde } = chart.bodies[body];
    const angle = shown[index] ?? place;
    const degrees = `${Math.floor(degree)}°${retrograde ? 'R' : ''}`;
    return [
      radial(dial, place, RADIUS.zodiac, FOOT, 'ink', 0.7),
      leader(dial, place, angle),
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
