/** What text readers copy from a page: its characters from left to right, by ToUnicode or ActualText, then turned. */
import type { Dict, Paper } from './read-objects.ts';

const OPERATION =
  /\/Span <<\/ActualText <FEFF([0-9a-f]*)>>> BDC|\/(\w+) [\d.]+ Tf|\[((?:\([^)]*\)|-?\d+)*)\]TJ|\b(EMC|T\*|Tm|ET)\b|\/\w+ (?:BMC|<<\/MCID \d+>> BDC)/g;

export interface CopiedLine {
  /** as readers take it that know ActualText (poppler, MuPDF) */
  actual: string;
  /** as others take it (pdf.js) */
  mapped: string;
}

/** @returns the lines of a page's content stream, in the order of the stream */
export function linesOf(paper: Paper, page: Dict): CopiedLine[] {
  const content = paper.content(page.Contents);
  const fonts = paper.dict(paper.dict(page.Resources).Font);
  const maps = new Map<string, Map<string, string>>();
  const mapOf = (name: string) => {
    let map = maps.get(name);
    if (map === undefined) {
      map = unicodeMap(paper.content(paper.dict(fonts[name]).ToUnicode));
      maps.set(name, map);
    }
    return map;
  };
  const lines: CopiedLine[] = [];
  let line = { actual: '', mapped: '' };
  let font = '';
  let actual: string | null = null;
  const marks: boolean[] = [];
  for (const [, text, name, shown, word] of content.matchAll(OPERATION)) {
    if (text !== undefined) {
      actual = fromHex(text);
      line.actual += actual;
      marks.push(true);
    } else if (name !== undefined) {
      font = name;
    } else if (shown !== undefined) {
      const codes = Array.from(shown.matchAll(/\(([^)]*)\)/g), ([, part]) => part).join('');
      const decoded = decode(codes, mapOf(font));
      line.mapped += decoded;
      if (actual === null) line.actual += decoded;
    } else if (word === 'EMC') {
      if (marks.pop() === true) actual = null;
    } else if (word === undefined) {
      marks.push(false);
    } else if (line.mapped !== '') {
      lines.push(line);
      line = { actual: '', mapped: '' };
    }
  }
  return lines;
}

function unicodeMap(cmap: string): Map<string, string> {
  const blocks = Array.from(
    cmap.matchAll(/beginbfchar\n(.*?)\nendbfchar/gs),
    ([, block = '']) => block,
  );
  const entries = blocks
    .flatMap((block) => block.split('\n'))
    .map((entry) => entry.slice(1, -1).split('> <'))
    .map(
      ([code = '', text = '']) =>
        [Buffer.from(code, 'hex').toString('latin1'), fromHex(text)] as const,
    );
  return new Map(entries);
}

/** Codes of one byte are below 0xe0. */
function decode(codes: string, map: Map<string, string>): string {
  let text = '';
  for (let at = 0; at < codes.length; ) {
    const code = codes.slice(at, at + (codes.charCodeAt(at) < 0xe0 ? 1 : 2));
    const found = map.get(code);
    if (found === undefined || found === '') throw new Error('a code has no text');
    text += found;
    at += code.length;
  }
  return text;
}

function fromHex(digits: string): string {
  return Buffer.from(digits, 'hex').swap16().toString('utf16le');
}

const RIGHT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\u200f]/u;
const ENDS = /[\p{L}\p{Nd}+\-\u200e]/u;

/**
 * As poppler turns a line on a page that reads from the left (reorderText in its TextOutputDev.cc): what begins with a
 * right-to-left letter is turned up to the next left-to-right letter or digit.
 */
export function asCopied(line: string): string {
  let copied = '';
  let turning: string[] = [];
  for (const character of line) {
    const right = RIGHT.test(character) && !/\p{M}/u.test(character);
    if (right || (turning.length > 0 && !ENDS.test(character))) {
      turning.unshift(character);
    } else {
      copied += turning.join('') + character;
      turning = [];
    }
  }
  copied += turning.join('');
  return copied.replace(/[\u200e\u200f]/g, '').normalize('NFC');
}
