/** The wheel's houses and angles; nothing when the birth time is unknown. */
import { arc, normalise } from '../../astrology/angle.ts';
import type { Shape } from '../../domain/document.ts';
import type { Chart } from '../../domain/sky.ts';
import type { Dial } from './dial.ts';
import { spread } from './spread.ts';
import { label, RADIUS, radial, SIDE, shownAngles } from './wheel-layout.ts';

type Angles = NonNullable<Chart['angles']>;

export function houseLines(chart: Chart, dial: Dial): Shape[] {
  const { houses, angles } = chart;
  if (houses === null || angles === null) return [];
  const glyphs = shownAngles(chart, dial);
  return [
    ...houses.flatMap((cusp) => cuspLine(cusp, angles, glyphs, dial)),
    ...houseNumbers(houses, dial),
    ...angleNames(angles, dial),
  ];
}

/** Heavy if a house begins at an angle. Stops short of a glyph in its way. */
function cuspLine(cusp: number, angles: Angles, glyphs: readonly number[], dial: Dial): Shape[] {
  const atAngle = Object.values(angles).some((angle) => Math.abs(arc(angle, cusp)) < 0.01);
  const line = (from: number, to: number) =>
    radial(dial, cusp, from, to, atAngle ? 'ink' : 'faint', atAngle ? 0.9 : 0.6);
  const clear = dial.room(SIDE.body * dial.size, RADIUS.body) / 2;
  if (glyphs.every((glyph) => Math.abs(arc(glyph, cusp)) >= clear)) {
    return [line(RADIUS.inner, RADIUS.zodiac)];
  }
  return [line(RADIUS.inner, RADIUS.house + 0.015), line(RADIUS.body + 0.036, RADIUS.zodiac)];
}

/** Above the polar circle houses may be a few degrees wide, so their numbers are spread like the bodies. */
function houseNumbers(cusps: readonly number[], dial: Dial): Shape[] {
  const nextOf = (index: number) => cusps[(index + 1) % 12] ?? 0;
  const around = cusps.reduce((sum, cusp, index) => sum + normalise(nextOf(index) - cusp), 0);
  // near the pole some systems number clockwise: such a house is before its cusp
  const way = around > 6 * 360 ? -1 : 1;
  const middles = cusps.map(
    (cusp, index) => cusp + (way * normalise(way * (nextOf(index) - cusp))) / 2,
  );
  const room = dial.room(SIDE.house * dial.size * 1.15, RADIUS.house);
  return spread(middles, room).map((angle, index) =>
    label(dial, angle, RADIUS.house, `${index + 1}`, SIDE.house, 'muted'),
  );
}

function angleNames({ Asc, MC, Dsc, IC }: Angles, dial: Dial): Shape[] {
  const places = [Asc, MC, Dsc, IC];
  const room = dial.room(SIDE.angle * dial.size * 1.3, RADIUS.angle);
  const shown = spread(places, room);
  return ['AC', 'MC', 'DC', 'IC'].flatMap((name, index) => {
    const place = places[index] ?? 0;
    return [
      // on both edges of the zodiac, clear of its glyphs
      radial(dial, place, RADIUS.zodiac, RADIUS.zodiac + 0.012, 'accent', 1.2),
      radial(dial, place, RADIUS.outer - 0.008, RADIUS.outer + 0.008, 'accent', 1.2),
      label(dial, shown[index] ?? place, RADIUS.angle, name, SIDE.angle, 'accent'),
    ];
  });
}
