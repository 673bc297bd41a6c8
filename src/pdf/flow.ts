/** Flowing parts: blocks one below the other over as many pages as they need. */
import type { Block, TextAlign } from '../domain/document.ts';
import type { Box, Layout } from './box.ts';
import { figureBox } from './figure-box.ts';
import { STYLES, type TextStyle } from './house-style.ts';
import { type ContentsEntry, contentsBoxes, linkRow } from './link-boxes.ts';
import { breakLines, settingsOf } from './set-text.ts';
import { scaled, tableBoxes } from './table-boxes.ts';
import { textBox } from './text-box.ts';

/** How blocks are set in one layout. */
export interface BlockStyles {
  heading1: TextStyle;
  heading2: TextStyle;
  heading3: TextStyle;
  /** of everything else, 1 as in the house style */
  scale: number;
  align: TextAlign;
  maxFigure: number;
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
      return textBoxes(layout, block.text, {
        tag: `H${block.level}`,
        style: styles[`heading${block.level}`],
        align: styles.align,
        keep: true,
      });
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
    case 'contents':
      return contentsBoxes(layout, entriesOf(block.depth));
  }
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

/** A text's paragraphs, an element and a box each. */
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
