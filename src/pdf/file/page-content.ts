/** A page's content stream: text, rules and shapes as PDF operators. y grows downwards from the top edge. */
import type { Colour, TextAlign } from '../../domain/document.ts';
import { PALETTE, type TextStyle } from '../house-style.ts';
import { utf16Hex } from '../type/embed-typeface.ts';
import type { FontSet } from '../type/font-set.ts';
import { type Lines, lineWidth, type Setting } from '../type/set-text.ts';
import { type Span, turnedLine } from '../type/turned-line.ts';

export interface TextPlace {
  x: number;
  /** top of the first line */
  top: number;
  width: number;
  align: TextAlign;
  /** range of lines to show; all when left out */
  from?: number;
  to?: number;
}

export interface PageContent {
  /** opens marked content; a null `mcid` makes an artifact, which screen readers skip */
  open(tag: string, mcid: number | null): void;
  close(): void;
  text(lines: Lines, place: TextPlace): void;
  rule(x1: number, y1: number, x2: number, y2: number, colour: Colour, width: number): void;
  fill(x: number, y: number, width: number, height: number, colour: Colour | 'paper'): void;
  /** operators, unchanged */
  raw(operators: string): void;
  /** @returns what was written since the last call */
  take(): string;
}

export function createPageContent(fonts: FontSet): PageContent {
  let content = '';
  const raw = (operators: string): void => {
    content += `${operators}\n`;
  };

  function text(lines: Lines, place: TextPlace): void {
    const { setting, style, ends } = lines;
    const from = place.from ?? 0;
    const to = place.to ?? ends.length;
    const primary = fonts.primary(setting.face).name;
    let baseline = place.top + baselineOf(style.size, style.leading);
    const tracking = style.tracking === undefined ? '' : `${style.tracking} Tc `;
    content += `BT /${primary} ${number(style.size)} Tf ${tracking}${number(style.leading)} TL ${colour(style.colour, 'rg')}\n`;
    const left = place.align === 'left';
    if (left) content += `1 0 0 -1 ${number(place.x)} ${number(baseline)} Tm\n`;
    for (let line = from; line < to; line += 1) {
      const start = line === 0 ? 0 : (ends[line - 1] ?? 0);
      const end = ends[line] ?? start;
      if (!left) {
        const spare = place.width - lineWidth(lines, start, end);
        const x = place.x + (place.align === 'center' ? spare / 2 : spare);
        content += `1 0 0 -1 ${number(x)} ${number(baseline)} Tm\n`;
        baseline += style.leading;
      } else if (line > from) {
        content += 'T* ';
      }
      writeLine(setting, start, end, primary, style);
    }
    content += style.tracking === undefined ? 'ET\n' : '0 Tc ET\n';
  }

  function writeLine(
    { face, words }: Setting,
    start: number,
    end: number,
    primary: string,
    style: TextStyle,
  ): void {
    const turned = turnedLine(words, start, end, fonts.primary(face));
    content += '[(';
    if (turned !== null) {
      for (const span of turned) writeSpan(span, primary, style);
      content += ')]TJ\n';
      return;
    }
    for (let at = start; at < end; at += 1) {
      const word = words[at];
      if (word === undefined) continue;
      const [only] = word.runs;
      if (word.runs.length === 1 && only?.typeface.name === primary && only.actualText === null) {
        content += only.fragment;
      } else {
        const spaced = word.glyphs > 0;
        for (const { actualText, ...run } of word.runs) {
          writeSpan({ runs: [{ ...run, spaced }], actualText }, primary, style);
        }
      }
      // the last word of a line keeps its space: without it, readers of the structure join two words
      if (!word.continues) content += ' ';
    }
    content += ')]TJ\n';
  }

  /** Within a line of the primary font: what another font draws, or what is copied as other text. */
  function writeSpan(
    { runs, actualText }: Span,
    primary: string,
    { size, tracking = 0 }: TextStyle,
  ): void {
    const [only] = runs;
    if (actualText === null && runs.length === 1 && only?.typeface.name === primary) {
      if (only.spaced || tracking === 0) {
        content += only.fragment;
        return;
      }
    }
    content += ')]TJ\n';
    if (actualText !== null) {
      content += `/Span <</ActualText <FEFF${utf16Hex(actualText)}>>> BDC `;
    }
    let font = primary;
    for (const { typeface, fragment, spaced } of runs) {
      if (typeface.name !== font) content += `/${typeface.name} ${number(size)} Tf `;
      font = typeface.name;
      const joined = tracking !== 0 && !spaced;
      content += joined ? `0 Tc [(${fragment})]TJ ${tracking} Tc\n` : `[(${fragment})]TJ\n`;
    }
    if (actualText !== null) content += 'EMC ';
    content += font === primary ? '[(' : `/${primary} ${number(size)} Tf [(`;
  }

  return {
    raw,
    text,
    open(tag, mcid) {
      raw(mcid === null ? `/${tag} BMC` : `/${tag} <</MCID ${mcid}>> BDC`);
    },
    close: () => raw('EMC'),
    rule(x1, y1, x2, y2, stroke, width) {
      raw(
        `${colour(stroke, 'RG')} ${number(width)} w ${number(x1)} ${number(y1)} m ${number(x2)} ${number(y2)} l S`,
      );
    },
    fill(x, y, width, height, name) {
      raw(
        `${colour(name, 'rg')} ${number(x)} ${number(y)} ${number(width)} ${number(height)} re f`,
      );
    },
    take() {
      const taken = content;
      content = '';
      return taken;
    },
  };
}

/** From a line's top to its baseline. The x-height is centred in the line. */
export function baselineOf(size: number, leading: number): number {
  return leading / 2 + size * 0.3;
}

/** A number as PDF needs it: no exponent, two decimals. */
export function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

const OPERANDS = new Map(
  Object.entries(PALETTE).map(([name, rgb]) => [
    name,
    rgb.map((part) => String(Math.round((part / 255) * 1000) / 1000)).join(' '),
  ]),
);

/** @param operator `rg` fills, `RG` strokes */
export function colour(name: Colour | 'paper', operator: 'rg' | 'RG'): string {
  return `${OPERANDS.get(name)} ${operator}`;
}
