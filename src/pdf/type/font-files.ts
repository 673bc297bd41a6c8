/**
 * Which font files draw which characters. The first file that has a character draws it. Files are opened only when a
 * character needs them. All come from npm under open licences (OFL; DejaVu's own).
 *
 * Not covered: Indic scripts other than Devanagari, Khmer, Burmese, Tibetan, and Han characters beyond JIS X 0213 and
 * GB 2312. Those show as a middle dot, never as an empty box, and still copy correctly.
 */
import { createRequire } from 'node:module';
import type { Face } from '../house-style.ts';

const require = createRequire(import.meta.url);

function fontsource(family: string, subset: string, weight = 400, style = 'normal'): string {
  return `@fontsource/${family}/files/${family}-${subset}-${weight}-${style}.woff`;
}

const EUROPEAN = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'vietnamese'];

function european(family: string, weight = 400, style = 'normal'): string[] {
  return EUROPEAN.map((subset) => fontsource(family, subset, weight, style));
}

const SYMBOLS = fontsource('noto-sans-symbols', 'symbols');
const DEJAVU = 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf';

/** For every face. The order matters: narrow fonts come before those that have a little of everything. */
const OTHERS = [
  SYMBOLS,
  fontsource('noto-sans-arabic', 'arabic'),
  fontsource('noto-sans-devanagari', 'devanagari'),
  fontsource('noto-sans-thai', 'thai'),
  fontsource('biz-udpmincho', 'japanese'),
  fontsource('gowun-batang', 'korean'),
  fontsource('zcool-xiaowei', 'chinese-simplified'),
  fontsource('noto-emoji', 'emoji'),
  DEJAVU,
];

const FACES: Record<Face, string[]> = {
  serif: european('source-serif-4'),
  'serif-italic': european('source-serif-4', 400, 'italic'),
  'serif-bold': european('source-serif-4', 600),
  sans: european('source-sans-3'),
  'sans-bold': european('source-sans-3', 600),
  symbol: [SYMBOLS, DEJAVU],
};

/** Files that may draw this face, best first, as paths relative to node_modules. */
export function fontFilesOf(face: Face): readonly string[] {
  return face === 'symbol' ? [...FACES.symbol, ...FACES.sans] : [...FACES[face], ...OTHERS];
}

/** @returns absolute path of an installed font file */
export function resolveFontFile(file: string): string {
  return require.resolve(file);
}
