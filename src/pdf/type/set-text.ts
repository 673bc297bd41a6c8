/**
 * Sets text in lines: splits it into words and breaks them greedily, ragged right. Words are never hyphenated. A ragged
 * edge does not need it, and whole words can be copied, searched and read aloud.
 */
import type { Face, TextStyle } from '../house-style.ts';
import { clustersOf } from './choose-fonts.ts';
import { levelsOf } from './direction.ts';
import type { FontSet, Word } from './font-set.ts';

/** Words of one paragraph in one face, measured once and breakable at any size. */
export interface Setting {
  face: Face;
  words: readonly Word[];
  /** thousandths of the size */
  space: number;
}

export interface Lines {
  setting: Setting;
  /** leading may still change after breaking; size may not */
  style: TextStyle;
  /** index after each line's last word */
  ends: readonly number[];
}

/** No-break spaces stay inside their word. */
const SPACES = /[ \t\r\n\u2000-\u2006\u2008-\u200a\u2028\u2029\u3000]+/;
const WORDS = /[^ \t\r\n\u2000-\u2006\u2008-\u200a\u2028\u2029\u3000]+/g;
/** Scripts that have capitals for headings. Georgian has some, but no reader expects them. */
const CAPITALS = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}]+/gu;

/** @returns one setting per paragraph of the text; none for blank text */
export function settingsOf(fonts: FontSet, text: string, style: TextStyle): Setting[] {
  return text
    .split('\n')
    .map((paragraph) => settingOf(fonts, paragraph, style))
    .filter((setting) => setting.words.length > 0);
}

/** All of the text as one paragraph. */
export function settingOf(fonts: FontSet, text: string, style: TextStyle): Setting {
  const shown =
    style.capitals === true
      ? text.replace(CAPITALS, (letters) => letters.toLocaleUpperCase('en'))
      : text;
  const { face } = style;
  const space = fonts.spaceWidth(face);
  const turned = turnedWords(fonts, shown, face);
  if (turned !== null) return { face, words: turned, space };
  const words: Word[] = [];
  for (const part of shown.split(SPACES)) {
    if (part !== '') words.push(fonts.word(face, part));
  }
  return { face, words, space };
}

/** @returns the words with their levels; null when all of the text reads from the left */
function turnedWords(fonts: FontSet, text: string, face: Face): Word[] | null {
  if (levelsOf(text) === null) return null;
  const plain = text.normalize('NFC');
  const levels = levelsOf(plain) ?? new Uint8Array(plain.length);
  return Array.from(plain.matchAll(WORDS), ({ 0: part, index }) => {
    const end = index + part.length;
    const own = levels.slice(index, end);
    const word = fonts.word(face, part, own.some((level) => level > 0) ? own : null);
    const spaceLevel = levels[end] ?? 0;
    return spaceLevel === 0 ? word : { ...word, spaceLevel };
  });
}

/** Breaks at `width` points. Only a word wider than that is cut into pieces. */
export function breakLines(
  fonts: FontSet,
  setting: Setting,
  style: TextStyle,
  width: number,
): Lines {
  const limit = (width / style.size) * 1000;
  const track = ((style.tracking ?? 0) / style.size) * 1000;
  const fits = setting.words.every((word) => word.width + word.glyphs * track <= limit);
  const words = fits ? setting.words : cutLongWords(fonts, setting, track, limit);
  const space = setting.space + track;
  const ends: number[] = [];
  let used = 0;
  let start = 0;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) break;
    const wide = word.width + word.glyphs * track;
    if (at > start && used + space + wide > limit) {
      let end = at;
      while (end - 1 > start && words[end - 1]?.sticks) end -= 1;
      if (words[end - 1]?.sticks) end = at; // the whole line sticks: break anyway
      ends.push(end);
      start = end;
      used = 0;
      for (let moved = end; moved < at; moved += 1) {
        const kept = words[moved];
        if (kept !== undefined) used += kept.width + kept.glyphs * track + space;
      }
      used += wide;
    } else {
      used += at > start ? space + wide : wide;
    }
    if (word.continues) {
      ends.push(at + 1);
      start = at + 1;
      used = 0;
    }
  }
  if (words.length > 0 && ends.at(-1) !== words.length) ends.push(words.length);
  return { setting: { ...setting, words }, style, ends };
}

/** @returns width of the words from `start` to `end` on one line, points */
export function lineWidth(lines: Lines, start: number, end: number): number {
  const { setting, style } = lines;
  const track = style.tracking ?? 0;
  let units = 0;
  let glyphs = 0;
  for (let at = start; at < end; at += 1) {
    const word = setting.words[at];
    units += (word?.width ?? 0) + (at > start ? setting.space : 0);
    glyphs += (word?.glyphs ?? 0) + (at > start ? 1 : 0);
  }
  // the last character's tracking is white space beyond the text
  return (units * style.size) / 1000 + Math.max(0, glyphs - 1) * track;
}

function cutLongWords(fonts: FontSet, setting: Setting, track: number, limit: number): Word[] {
  return setting.words.flatMap((word) => {
    if (word.width + word.glyphs * track <= limit) return [word];
    const pieces: Word[] = [];
    const part = (from: number, to: number) =>
      fonts.word(
        setting.face,
        word.text.slice(from, to),
        word.levels === null ? null : word.levels.slice(from, to),
      );
    const wide = ({ width, glyphs }: Word) => width + glyphs * track;
    let from = 0;
    let to = 0;
    let used = 0;
    for (const cluster of clustersOf(word.text)) {
      // a cluster's own width is near enough: in a word it is seldom wider
      const more = wide(part(to, to + cluster.length));
      if (to > from && used + more > limit) {
        pieces.push({ ...part(from, to), continues: true });
        from = to;
        used = 0;
      }
      to += cluster.length;
      used += more;
    }
    return [...pieces, { ...part(from, to), spaceLevel: word.spaceLevel }];
  });
}
