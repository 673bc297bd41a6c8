import { expect, it } from 'vitest';
import type { Face } from '../../../src/pdf/house-style.ts';
import { firstFileOf } from '../../../src/pdf/type/font-files.ts';
import { createPairShaper } from '../../../src/pdf/type/pair-shaper.ts';
import { readFont } from '../../../src/pdf/type/read-font.ts';
import { prose, randomOf } from '../sample-text.ts';

const WORDS = [
  ...new Set(prose(randomOf(2), 20_000).split(' ')),
  'office',
  'affluent',
  'first',
  'fluffy',
  'offhand',
  'Type',
  'AVATAR',
  '“quoted”',
  'half-baked',
  '1990–2026',
  "don't",
  'Tokyo,',
  'résumé',
  'f',
  '90°',
];

it.each<Face>(['serif', 'serif-italic', 'serif-bold', 'sans', 'sans-bold'])(
  'gives the same glyphs and distances as the font itself: %s',
  (face) => {
    const { font } = readFont(firstFileOf(face));
    const shape = createPairShaper(font);
    let fast = 0;
    for (const word of WORDS) {
      const glyphs = shape(word);
      if (glyphs === null) continue;
      fast += 1;
      const run = font.layout(word);
      expect(
        glyphs.map(({ id }) => id),
        word,
      ).toEqual(run.glyphs.map(({ id }) => id));
      expect(glyphs.map(({ text }) => text).join('')).toBe(word);
      expect(glyphs.map(({ advance, kern }) => advance + kern)).toEqual(
        run.positions.map(({ xAdvance }) => xAdvance),
      );
    }
    expect(fast / WORDS.length).toBeGreaterThan(0.95);
  },
);

it('leaves scripts with joined letters to the font', () => {
  const shape = createPairShaper(readFont(firstFileOf('serif')).font);
  expect(shape('محمد')).toBeNull();
  expect(shape('ज्योति')).toBeNull();
});
