/** A page's content stream: text, rules and shapes as PDF operators. y grows downwards from the top edge. */
import type { Colour, TextAlign } from '../../domain/document.ts';
import { PALETTE } from '../house-style.ts';
import { utf16Hex } from '../type/embed-typeface.ts';
import type { FontSet, Word } from '../type/font-set.ts';
import { type Lines, lineWidth } from '../type/set-text.ts';

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
      writeLine(setting.words, start, end, primary, style.size);
    }
    content += style.tracking === undefined ? 'ET\n' : '0 Tc ET\n';
  }

  function writeLine(
    words: readonly Word[],
    start: number,
    end: number,
    primary: string,
    size: number,
  ): void {
    const order = visualOrder(words, start, end);
    content += '[(';
    for (let at = start; at < end; at += 1) {
      const word = order === null ? words[at] : order[at - start];
      if (word === undefined) continue;
      const [only] = word.runs;
      if (word.runs.length === 1 && only?.typeface.name === primary && only.actualText === null) {
        content += only.fragment;
      } else {
        content += ')]TJ\n';
        for (const run of word.runs) {
          const shown = `/${run.typeface.name} ${number(size)} Tf [(${run.fragment})]TJ`;
          content +=
            run.actualText === null
              ? `${shown}\n`
              : `/Span <</ActualText <FEFF${utf16Hex(run.actualText)}>>> BDC ${shown} EMC\n`;
        }
        content += `/${primary} ${number(size)} Tf [(`;
      }
      // the last word of a line keeps its space: without it, readers of the structure join two words
      if (!word.continues) content += ' ';
    }
    content += ')]TJ\n';
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

/** The words, with right-to-left runs reversed; null when there are none. */
function visualOrder(words: readonly Word[], start: number, end: number): Word[] | null {
  let turned = false;
  for (let at = start; at < end && !turned; at += 1) turned = words[at]?.rightToLeft ?? false;
  if (!turned) return null;
  const ordered: Word[] = [];
  let waiting: Word[] = [];
  for (const word of words.slice(start, end)) {
    if (word.rightToLeft) {
      waiting.unshift(word);
    } else {
      ordered.push(...waiting, word);
      waiting = [];
    }
  }
  return [...ordered, ...waiting];
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
