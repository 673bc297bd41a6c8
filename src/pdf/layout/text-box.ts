/** A paragraph as a box: lines of one style that may continue on the next page. */
import type { TextAlign } from '../../domain/document.ts';
import type { Element } from '../file/structure-tree.ts';
import type { TextStyle } from '../house-style.ts';
import type { Lines } from '../type/set-text.ts';
import type { Box } from './box.ts';

/** Fewest lines of a paragraph that may be alone at the foot or at the top of a page. */
const TOGETHER = 2;

export interface TextBoxOptions {
  x: number;
  width: number;
  align?: TextAlign;
  keep?: boolean;
  before?: number;
}

export function textBox(element: Element, lines: Lines, options: TextBoxOptions): Box {
  return partOf(element, lines, options, 0, lines.ends.length);
}

function partOf(
  element: Element,
  lines: Lines,
  options: TextBoxOptions,
  from: number,
  to: number,
): Box {
  const style: TextStyle = lines.style;
  const { x, width, align = 'left', keep = false, before = style.before } = options;
  return {
    before: from === 0 ? before : 0,
    height: (to - from) * style.leading,
    keep,
    split(available) {
      const room = Math.floor(available / style.leading + 0.001);
      const first = Math.min(room, to - from - TOGETHER);
      if (first < TOGETHER) return null;
      return [
        partOf(element, lines, options, from, from + first),
        partOf(element, lines, options, from + first, to),
      ];
    },
    draw(page, top) {
      page.tagged(element, () => page.content.text(lines, { x, top, width, align, from, to }));
    },
  };
}
