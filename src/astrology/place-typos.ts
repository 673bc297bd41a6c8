/**
 * Texts that are one typing error away: a letter too many, too few or wrong, or two letters swapped. Two letters
 * that are doubled by mistake, or not doubled, are one error as well: "Cincinatti".
 */
import { beginningWith, firstFrom, type Range, type Texts } from './place-texts.ts';

/** With fewer letters nearly everything is one error away. */
const SHORTEST = 4;
/** Digits and letters; the blank is looked at by itself. */
const FIRST_LETTER = 0x30;
/** The letters of a script are at most so many code points apart. */
const SCRIPT = 0x180;

/**
 * The ranges of texts that are one error away from a text. Walks the sorted texts like a tree: for each
 * letter it looks only at the letters that follow there.
 */
export function oneErrorAway(texts: Texts, text: string): Range[] {
  const letters = [...text];
  if (letters.length < SHORTEST) return [];
  const found = doubledOtherwise(letters).flatMap((candidate) => rangeOf(texts, candidate));
  let within: Range = { start: 0, end: texts.length };
  const add = (candidate: string, range: Range) => {
    found.push(...rangeOf(texts, candidate, range));
  };
  for (let at = 0; at <= letters.length && within.start < within.end; at += 1) {
    const before = letters.slice(0, at).join('');
    const rest = letters.slice(at).join('');
    const afterNext = letters.slice(at + 1).join('');
    const [next = '', second = ''] = letters.slice(at, at + 2);
    if (next !== '') add(before + afterNext, within);
    if (second !== '' && second !== next) {
      add(before + second + next + letters.slice(at + 2).join(''), within);
    }
    for (const { letter, range } of lettersAfter(
      texts,
      within,
      before,
      next || (letters[at - 1] ?? ''),
    )) {
      if (letter !== next) {
        add(before + letter + rest, range);
        if (next !== '') add(before + letter + afterNext, range);
      }
    }
    within = beginningWith(texts, Buffer.from(before + next), within);
  }
  return found;
}

/** The whole texts that read so, among some. Empty, or one range. */
function rangeOf(texts: Texts, text: string, within?: Range): Range[] {
  // the line feed that ends a text
  const exact = beginningWith(
    texts,
    Buffer.from(`${text}\n`),
    within ?? { start: 0, end: texts.length },
  );
  return exact.end > exact.start ? [exact] : [];
}

/** Spellings in which two of the letters are doubled and now are not, or the other way round. */
function doubledOtherwise(letters: readonly string[]): string[] {
  const runs: readonly string[] = letters.join('').match(/(.)\1*/gsu) ?? [];
  const turn = (run: string): string => (run.length === 1 ? run + run : run.slice(1));
  return runs.flatMap((_, first) =>
    runs
      .slice(first + 1)
      .map((_, offset) =>
        runs
          .map((run, at) => (at === first || at === first + 1 + offset ? turn(run) : run))
          .join(''),
      ),
  );
}

/** The letters that follow a beginning, of the script of a letter, and the texts that go on so. */
function* lettersAfter(
  texts: Texts,
  within: Range,
  beginning: string,
  like: string,
): Generator<{ letter: string; range: Range }> {
  const space = beginningWith(texts, Buffer.from(`${beginning} `), within);
  if (space.start < space.end) yield { letter: ' ', range: space };
  const code = like.codePointAt(0) ?? 0;
  const skipped = Buffer.byteLength(beginning);
  const lowest = Buffer.from(
    beginning + String.fromCodePoint(Math.max(code - SCRIPT, FIRST_LETTER)),
  );
  let start = firstFrom(texts, lowest, within);
  while (start < within.end) {
    const letter = letterAt(texts.bytes, texts.start(start) + skipped);
    if ((letter.codePointAt(0) ?? 0) > code + SCRIPT) return;
    const following = Buffer.from(beginning + letter);
    const range = beginningWith(texts, following, { start, end: within.end });
    yield { letter, range };
    start = range.end;
  }
}

function letterAt(bytes: Uint8Array, at: number): string {
  const first = bytes[at] ?? 0;
  const size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  return Buffer.from(bytes.subarray(at, at + size)).toString();
}
