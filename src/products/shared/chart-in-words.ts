/** The wheel's alternative text, for those who cannot see it. */
import { describeAngle, describePosition } from '../../astrology/describe.ts';
import type { Chart } from '../../domain/sky.ts';
import { SHOWN_BODIES } from './glyphs.ts';

export function chartInWords({ angles, bodies }: Chart): string {
  const places = [
    ...(angles === null
      ? ['birth time unknown, so without houses and angles']
      : [describeAngle('Asc', angles.Asc), describeAngle('MC', angles.MC)]),
    ...SHOWN_BODIES.map((body) => describePosition(body, bodies[body])),
  ];
  return `Natal wheel: ${places.join('; ')}.`;
}
