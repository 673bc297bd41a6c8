/** The lines across the middle of the wheel. */
import type { Colour, Shape } from '../../domain/document.ts';
import type { Angle, AspectKind, Body, Chart } from '../../domain/sky.ts';
import type { Dial } from './dial.ts';
import { RADIUS } from './wheel-layout.ts';

/** The classical aspects. A conjunction needs no line to be seen. */
const ASPECT_COLOURS: Readonly<Partial<Record<AspectKind, Colour>>> = {
  opposition: 'fire',
  square: 'fire',
  trine: 'water',
  sextile: 'air',
};

export function aspectLines(chart: Chart, dial: Dial): Shape[] {
  return chart.aspects.flatMap(({ a, b, kind, orb: atNoon, orbs }): Shape[] => {
    const orb = orbs?.most ?? atNoon;
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
        // the closer to exact, the heavier the line
        width: orb < 1 ? 1.1 : orb < 4 ? 0.7 : 0.4,
        ...(kind === 'sextile' ? { dash: 2 } : {}),
      },
    ];
  });
}

/** @returns null for an angle when the time is unknown */
function longitudeOf(chart: Chart, point: Body | Angle): number | null {
  if (point === 'Asc' || point === 'MC' || point === 'Dsc' || point === 'IC') {
    return chart.angles?.[point] ?? null;
  }
  return chart.bodies[point].longitude;
}
