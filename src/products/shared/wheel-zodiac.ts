/** The wheel's outer ring: twelve signs, a mark every five degrees. */
import type { Colour, Shape } from '../../domain/document.ts';
import { SIGNS, type Sign } from '../../domain/sky.ts';
import type { Dial } from './dial.ts';
import { SIGN_GLYPHS } from './glyphs.ts';
import { RADIUS, radial, SIDE } from './wheel-layout.ts';

const ELEMENTS: readonly Colour[] = ['fire', 'earth', 'air', 'water'];

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
