/** A cover: one page, centred, on tinted paper inside a frame. Small print is at its foot. */
import type { Block } from '../../domain/document.ts';
import { AlmanacError } from '../../domain/errors.ts';
import type { PageContent } from '../file/page-content.ts';
import { trialTree } from '../file/structure-tree.ts';
import { COVER_STYLES, PAGE } from '../house-style.ts';
import type { Box, Layout } from './box.ts';
import { blockBoxes } from './flow.ts';
import type { Placed } from './paginate.ts';
import { heightOf, stack } from './stack.ts';
import { scaled } from './table-boxes.ts';

const SCALES = [1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.5];
/** Possible heights of a figure, points, tried from the largest at each scale. */
const FIGURES = [380, 340, 300, 260, 230, 200, 170];
/** Share of the spare room that goes above the title. */
const ABOVE = 0.4;

/** @throws AlmanacError `render` when the blocks do not fit on a page at the smallest scale */
export function layOutCover(layout: Layout, blocks: readonly Block[]): Placed[] {
  const { top, bottom } = layout.frame;
  const closing = closingFrom(blocks);
  const boxesAt = (scale: number, maxFigure: number, into: Layout): [Box[], Box[]] => {
    const styles = {
      heading1: scaled(COVER_STYLES.heading1, scale),
      heading2: scaled(COVER_STYLES.heading2, scale),
      heading3: scaled(COVER_STYLES.heading3, scale),
      scale,
      align: 'center',
      maxFigure: maxFigure * scale,
      questionLevel: 2,
    } as const;
    return [
      blockBoxes(into, blocks.slice(0, closing), styles, noContents),
      blockBoxes(into, blocks.slice(closing), styles, noContents),
    ];
  };
  const trial: Layout = { ...layout, tree: trialTree() };
  for (const scale of SCALES) {
    for (const maxFigure of FIGURES) {
      const [head, foot] = boxesAt(scale, maxFigure, trial);
      const spare = bottom - top - heightOf(head) - heightOf(foot) - (foot.length > 0 ? 12 : 0);
      if (spare < 0) continue;
      const [title, print] = boxesAt(scale, maxFigure, layout);
      return [...stack(title, top + spare * ABOVE), ...stack(print, bottom - heightOf(print))];
    }
  }
  throw new AlmanacError('render', 'the cover does not fit on its page even at the smallest size');
}

/** The background of the cover's text: paper to the edges and a double frame. */
export function drawCoverGround(content: PageContent): void {
  const { width, height } = PAGE;
  content.fill(0, 0, width, height, 'paper');
  frameAt(content, 30, 1.1);
  frameAt(content, 35, 0.4);
}

function frameAt(content: PageContent, inset: number, width: number): void {
  const right = PAGE.width - inset;
  const bottom = PAGE.height - inset;
  content.rule(inset, inset, right, inset, 'accent', width);
  content.rule(inset, bottom, right, bottom, 'accent', width);
  content.rule(inset, inset, inset, bottom, 'accent', width);
  content.rule(right, inset, right, bottom, 'accent', width);
}

function closingFrom(blocks: readonly Block[]): number {
  let from = blocks.length;
  while (from > 1) {
    const block = blocks[from - 1];
    if (block?.kind !== 'paragraph' || block.style !== 'small') break;
    from -= 1;
  }
  return from;
}

function noContents(): never {
  throw new AlmanacError('render', 'a cover cannot hold a contents block');
}
