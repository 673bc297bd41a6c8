/** Reads from the fonts which characters they have: for `scripts/build-coverage.ts` and its test. */
import { packCoverage } from './coverage.ts';
import { allFontFiles } from './font-files.ts';
import { readFont } from './read-font.ts';

/** @returns one line per file: its name, then its characters */
export function coverageTable(): string {
  const lines = allFontFiles().map((file) => {
    const { font } = readFont(file);
    const drawn = font.characterSet.filter((codePoint) => font.hasGlyphForCodePoint(codePoint));
    return `${file} ${packCoverage(drawn.toSorted((a, b) => a - b))}\n`;
  });
  return lines.join('');
}
