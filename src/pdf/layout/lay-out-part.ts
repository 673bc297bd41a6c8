/** Lays out one part by its layout: a cover, a sheet, or pages of flowing text. */
import type { Part } from '../../domain/document.ts';
import type { Element, StructureTree } from '../file/structure-tree.ts';
import { FRAMES, OVERHANG, STYLES } from '../house-style.ts';
import type { FontSet } from '../type/font-set.ts';
import type { Layout } from './box.ts';
import { layOutCover } from './cover.ts';
import { blockBoxes } from './flow.ts';
import type { ContentsEntry } from './link-boxes.ts';
import { type Placed, paginate } from './paginate.ts';
import { layOutSheet } from './sheet.ts';

/** A flowing part with a title begins lower on its first page. */
const SINK = 44;

/** @param into its `section` is the part's element. @returns the part's pages, at least one */
export function layOutPart(
  into: { fonts: FontSet; tree: StructureTree; section: Element },
  part: Part,
  questionLevel: number,
  entriesOf: (depth: number) => readonly ContentsEntry[],
): Placed[][] {
  const layout: Layout = {
    ...into,
    frame: FRAMES[part.layout],
    overhang: part.layout === 'flow' ? OVERHANG : 0,
  };
  if (part.layout === 'cover') return [layOutCover(layout, part.blocks)];
  if (part.layout === 'sheet') return [layOutSheet(layout, part.blocks, questionLevel)];
  const { top, bottom } = layout.frame;
  const boxes = blockBoxes(
    layout,
    part.blocks,
    {
      heading1: STYLES.heading1,
      heading2: STYLES.heading2,
      heading3: STYLES.heading3,
      scale: 1,
      align: 'left',
      maxFigure: bottom - top - SINK - 60,
      questionLevel,
      roomBelowTitle: true,
    },
    entriesOf,
  );
  // a line above the title, such as `Chapter 1`, also opens a part
  const opens = part.blocks
    .slice(0, 2)
    .some((block) => block.kind === 'heading' && block.level === 1);
  return paginate(boxes, top, bottom, opens ? top + SINK : top);
}
