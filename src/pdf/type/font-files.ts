/**
 * Which font files draw what. Files are opened only when a character needs them; `coverage.txt` says which characters a
 * file has. All come from npm under open licences (OFL; DejaVu's own). After a change here run
 * `npx node scripts/build-coverage.ts`; the Dockerfiles keep only the files named here.
 */
import { createRequire } from 'node:module';
import type { Face } from '../house-style.ts';

const require = createRequire(import.meta.url);

/** Files of one design. A word is drawn by one family if any family has all of it. */
export interface Family {
  files: readonly string[];
  /** whether it may draw a whole word, Latin letters and punctuation included */
  wholeWords: boolean;
}

function fontsource(family: string, subset: string, weight = 400, style = 'normal'): string {
  return `@fontsource/${family}/files/${family}-${subset}-${weight}-${style}.woff`;
}

/** Whole files of Google Fonts, with the marks and joiners that its subsets leave out. */
function google(name: string): string {
  const family = name.toLowerCase().replaceAll(' ', '-');
  return `@expo-google-fonts/${family}/400Regular/${name.replaceAll(' ', '')}_400Regular.ttf`;
}

const EUROPEAN = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'vietnamese'];

function european(family: string, weight = 400, style = 'normal'): Family {
  const files = EUROPEAN.map((subset) => fontsource(family, subset, weight, style));
  return { files, wholeWords: true };
}

const SYMBOLS: Family = { files: [fontsource('noto-sans-symbols', 'symbols')], wholeWords: false };
const DEJAVU: Family = { files: ['dejavu-fonts-ttf/ttf/DejaVuSans.ttf'], wholeWords: false };

const CHARIS_ITALIC: Family = {
  files: ['@expo-google-fonts/charis-sil/400Regular_Italic/CharisSIL_400Regular_Italic.ttf'],
  wholeWords: true,
};

const SCRIPTS = [
  google('Charis SIL'), // Latin and Cyrillic with any marks
  google('Noto Serif Hebrew'),
  google('Noto Naskh Arabic'),
  google('Noto Serif Devanagari'),
  google('Noto Serif Bengali'),
  google('Noto Sans Tamil'),
  google('Noto Serif Telugu'),
  google('Noto Sans Thai'),
  google('Noto Sans Georgian'),
  google('Noto Sans Armenian'),
  google('Noto Sans Ethiopic'),
  google('Noto Sans Gujarati'),
  google('Noto Sans Gurmukhi'),
  google('Noto Sans Kannada'),
  google('Noto Sans Malayalam'),
  google('Noto Sans Oriya'),
  google('Noto Sans Sinhala'),
  google('Noto Sans Khmer'),
  google('Noto Sans Lao'),
  google('Noto Sans Myanmar'),
  google('Noto Serif Tibetan'),
  google('Noto Sans Cherokee'),
  google('Noto Sans Canadian Aboriginal'),
  google('Noto Sans Osage'),
  google('Noto Sans Mongolian'),
  google('Noto Sans Thaana'),
  google('Noto Sans Syriac'),
  google('Noto Sans NKo'),
  google('Noto Sans Adlam'),
  google('Noto Sans Vai'),
  google('Noto Sans Tifinagh'),
  google('Noto Sans Javanese'),
  google('Noto Sans Ol Chiki'),
  google('Noto Sans Yi'),
  fontsource('biz-udpmincho', 'japanese'),
  fontsource('gowun-batang', 'korean'),
].map((file): Family => ({ files: [file], wholeWords: true }));

/** For every face. The order matters: narrow fonts come before those that have a little of everything. */
const OTHERS: readonly Family[] = [
  SYMBOLS,
  ...SCRIPTS,
  { files: [fontsource('noto-emoji', 'emoji')], wholeWords: false },
  DEJAVU,
  // all of Han: 28 MB, opened only for what no other has
  { files: [google('Cactus Classical Serif')], wholeWords: true },
];

const SANS = european('source-sans-3');
const FACES: Record<Face, readonly Family[]> = {
  serif: [european('source-serif-4'), ...OTHERS],
  'serif-italic': [european('source-serif-4', 400, 'italic'), SYMBOLS, CHARIS_ITALIC, ...OTHERS],
  'serif-bold': [european('source-serif-4', 600), ...OTHERS],
  sans: [SANS, ...OTHERS],
  'sans-bold': [european('source-sans-3', 600), ...OTHERS],
  symbol: [SYMBOLS, DEJAVU, { ...SANS, wholeWords: false }],
};

/** Families that may draw this face, best first; file names are relative to node_modules. */
export function familiesOf(face: Face): readonly Family[] {
  return FACES[face];
}

/** The file that draws a face's spaces and most of its words. */
export function firstFileOf(face: Face): string {
  return (face === 'symbol' ? SANS : FACES[face][0])?.files[0] ?? '';
}

/** Every file that may be opened. */
export function allFontFiles(): string[] {
  return [...new Set(Object.values(FACES).flatMap((families) => families.flatMap(filesOf)))];
}

function filesOf({ files }: Family): readonly string[] {
  return files;
}

/** @returns absolute path of an installed font file */
export function resolveFontFile(file: string): string {
  return require.resolve(file);
}
