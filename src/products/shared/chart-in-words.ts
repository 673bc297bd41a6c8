/** The wheel for those who cannot see it: its alternative text. */
import { signOf } from '../../astrology/angle.ts';
import type { Chart } from '../../domain/sky.ts';
import { degreeInSign, houseName, pointName, SHOWN_BODIES } from './sky-words.ts';

export function chartInWords(chart: Chart): string {
  const angles =
    chart.angles === null
      ? ['birth time unknown, so without houses and angles']
      : (['Asc', 'MC'] as const).map(
          (angle) => `${pointName(angle)} ${zodiacPlace(chart.angles?.[angle] ?? 0)}`,
        );
  const bodies = SHOWN_BODIES.map((body) => {
    const { sign, degree, house, retrograde } = chart.bodies[body];
    const where = house === null ? '' : `, ${houseName(house)}`;
    return `${pointName(body)} ${degreeInSign(degree)} ${sign}${where}${retrograde ? ', retrograde' : ''}`;
  });
  return `Natal wheel: ${[...angles, ...bodies].join('; ')}.`;
}

/** @param longitude degrees of the zodiac, 0-360 @returns `12°04′ Leo` */
export function zodiacPlace(longitude: number): string {
  return `${degreeInSign(longitude % 30)} ${signOf(longitude)}`;
}
