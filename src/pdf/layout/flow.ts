/** Flowing parts: blocks one below the other, over as many pages as they need. */
import type { Block, TextAlign } from '../../domain/document.ts';
import { STYLES, type TextStyle } from '../house-style.ts';
import { breakLines, settingsOf } from '../type/set-text.ts';
import { asideBox, besideEachOther } from './aside-box.ts';
import type { Box, Layout } from './box.ts';
import { calendarBox } from './calendar-box.ts';
import { figureBox } from './figure-box.ts';
import { type ContentsEntry, contentsBoxes, linkRow } from './link-boxes.ts';
import { scaled, tableBoxes } from './table-boxes.ts';
import { textBox } from './text-box.ts';

/** How blocks are set in one layout. */
export interface BlockStyles {
  heading1: TextStyle;
  heading2: TextStyle;
  heading3: TextStyle;
  /** scale of everything else; the house style is 1 */
  scale: number;
  align: TextAlign;
  maxFigure: number;
  /** a sheet has no room to spare */
  roomBelowTitle?: boolean;
  /** level of the questions' headings */
  questionLevel: number;
}

/** @param entriesOf lists the parts for a contents block */
export function blockBoxes(
  layout: Layout,
  blocks: readonly Block[],
  styles: BlockStyles,
  entriesOf: (depth: number) => readonly ContentsEntry[],
): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at < blocks.length; at += 1) {
    const block = blocks[at];
    if (block === undefined) break;
    if (block.kind === 'link') {
      const links = [block];
      for (let next = blocks[at + 1]; next?.kind === 'link'; next = blocks[at + 1]) {
        links.push(next);
        at += 1;
      }
      boxes.push(linkRow(layout, links, styles.scale));
    } else {
      boxes.push(...boxesOf(layout, block, styles, entriesOf));
    }
  }
  return boxes;
}

function boxesOf(
  layout: Layout,
  block: Exclude<Block, { kind: 'link' }>,
  styles: BlockStyles,
  entriesOf: (depth: number) => readonly ContentsEntry[],
): Box[] {
  switch (block.kind) {
    case 'heading':
      return headingBoxes(layout, block, styles);
    case 'paragraph':
      return textBoxes(layout, block.text, {
        tag: 'P',
        style: scaled(STYLES[block.style], styles.scale),
        align: block.align ?? styles.align,
      });
    case 'answer':
      return answerBoxes(layout, block, styles);
    case 'table':
      return tableBoxes(layout, block, styles.scale);
    case 'figure':
      return [figureBox(layout, block, styles.maxFigure)];
    case 'calendar':
      return [calendarBox(layout, block, styles.scale)];
    case 'aside': {
      const [text, aside] = besideEachOther(layout);
      return [
        asideBox(
          blockBoxes(text, block.blocks, styles, entriesOf),
          blockBoxes(aside, block.aside, styles, entriesOf),
        ),
      ];
    }
    case 'contents':
      return contentsBoxes(layout, entriesOf(block.depth));
  }
}

/** White space below a title, in multiples of its size. The blocks below are closer to each other than this. */
const BELOW_TITLE = 0.35;

function headingBoxes(
  layout: Layout,
  { level, text }: Extract<Block, { kind: 'heading' }>,
  styles: BlockStyles,
): Box[] {
  const style = styles[`heading${level}`];
  const options = { tag: `H${level}`, style, align: styles.align, keep: true };
  const below = level === 1 && styles.roomBelowTitle ? style.size * BELOW_TITLE : 0;
  return textBoxes(layout, text, options).map((box) => ({ ...box, height: box.height + below }));
}

function answerBoxes(
  layout: Layout,
  block: Extract<Block, { kind: 'answer' }>,
  styles: BlockStyles,
): Box[] {
  const question = textBoxes(layout, block.question, {
    tag: `H${styles.questionLevel}`,
    style: scaled(STYLES.question, styles.scale),
    align: styles.align,
    keep: true,
  });
  const text = textBoxes(layout, block.text, {
    tag: 'P',
    style: scaled(STYLES.body, styles.scale),
    align: styles.align,
  });
  return [...question, ...text].map((box) => ({ ...box, group: block }));
}

export interface TextOptions {
  tag: string;
  style: TextStyle;
  align: TextAlign;
  keep?: boolean;
}

/** A text's paragraphs, one element and one box each. */
export function textBoxes(layout: Layout, text: string, options: TextOptions): Box[] {
  const { fonts, frame, tree, section } = layout;
  const { tag, style, align, keep = false } = options;
  return settingsOf(fonts, text, style).map((setting) =>
    textBox(tree.element(tag, section), breakLines(fonts, setting, style, frame.column), {
      x: frame.left,
      width: frame.column,
      align,
      keep,
    }),
  );
}
