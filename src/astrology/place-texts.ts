/** Many short sorted texts in one buffer, which are searched without decoding them. */

const LINE_FEED = 10;

export interface Texts {
  length: number;
  /** the text itself, decoded */
  at(index: number): string;
  /** where a text begins in `bytes`; the one after it begins a byte after this one's end */
  start(index: number): number;
  bytes: Uint8Array;
}

/** A part of sorted texts: from `start` up to but without `end`. */
export interface Range {
  start: number;
  end: number;
}

/** @param bytes UTF-8, each text followed by a line feed; in order of their bytes if they are searched */
export function textsOf(bytes: Buffer): Texts {
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] === LINE_FEED) length += 1;
  const starts = new Uint32Array(length + 1);
  let next = 1;
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] === LINE_FEED) {
      starts[next] = at + 1;
      next += 1;
    }
  }
  const start = (index: number) => starts[index] ?? bytes.length;
  return {
    bytes,
    length,
    start,
    at: (index) => bytes.toString('utf8', start(index), start(index + 1) - 1),
  };
}

/**
 * The first text of a range that does not come before these bytes; the range's end if there is none.
 * @param after look for the first that comes after every text that begins with the bytes instead
 */
export function firstFrom(
  { bytes, start }: Texts,
  text: Uint8Array,
  { start: low, end: high }: Range,
  after = false,
): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >> 1;
    let at = start(middle);
    let same = 0;
    while (same < text.length && bytes[at] === text[same]) {
      at += 1;
      same += 1;
    }
    // a text's line feed is before every letter
    const before = same === text.length ? after : (bytes[at] ?? 0) < (text[same] ?? 0);
    if (before) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The texts that are this one, and those that begin with it and go on; looked for in a range. */
export function rangesOf(
  texts: Texts,
  text: string,
  within: Range = { start: 0, end: texts.length },
): { exact: Range; longer: Range } {
  const bytes = Buffer.from(text);
  const { start, end } = beginningWith(texts, bytes, within);
  // exact ones come first: no letter is before the line feed
  const exactEnd = firstFrom(texts, Buffer.from(`${text}\n`), { start, end }, true);
  return { exact: { start, end: exactEnd }, longer: { start: exactEnd, end } };
}

/** The texts of a range that begin with these bytes; those that are exactly these come first. */
export function beginningWith(texts: Texts, beginning: Uint8Array, within: Range): Range {
  const start = firstFrom(texts, beginning, within);
  if (start === within.end || !begins(texts, start, beginning)) return { start, end: start };
  return { start, end: firstFrom(texts, beginning, { start, end: within.end }, true) };
}

function begins({ bytes, start }: Texts, index: number, beginning: Uint8Array): boolean {
  const from = start(index);
  return beginning.every((byte, at) => bytes[from + at] === byte);
}
