/** The wheel's bodies, each at its place. */
import type { Shape } from '../../domain/document.ts';
import type { Chart } from '../../domain/sky.ts';
import type { Dial } from './dial.ts';
import { BODY_GLYPHS, SHOWN_BODIES } from './glyphs.ts';
import { label, RADIUS, SIDE, shownAngles } from './wheel-layout.ts';

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
