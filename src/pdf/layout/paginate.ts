/**
 * Fills pages with boxes. Leaves no heading at the foot of a page and no single line of a paragraph alone, and keeps a
 * group (a question with its answer) on one page if it fits on one.
 */
import type { Box } from './box.ts';

export interface Placed {
  box: Box;
  /** top edge on the page */
  top: number;
}

/** How full a page must be before a group may leave the rest of it empty, as a share. */
const FILLED = 0.3;

/** @param firstTop where the first page's text begins, if lower than on the others */
export function paginate(
  boxes: readonly Box[],
  top: number,
  bottom: number,
  firstTop = top,
): Placed[][] {
  const pages: Placed[][] = [];
  let page: Placed[] = [];
  let y = firstTop;
  let group: object | undefined;
  const queue = [...boxes].reverse();

  function turn(): void {
    // a box that keeps with the next moves with it, but one stays, or this would never end
    let moved = 0;
    while (page.length - moved > 1 && page.at(-1 - moved)?.box.keep) moved += 1;
    for (const { box } of page.splice(page.length - moved).reverse()) queue.push(box);
    pages.push(page);
    page = [];
    y = top;
  }

  for (let box = queue.pop(); box !== undefined; box = queue.pop()) {
    const begins = box.group !== undefined && box.group !== group;
    group = box.group ?? group;
    if (begins && y - top > FILLED * (bottom - top)) {
      const height = groupHeight(box, queue);
      if (height > bottom - y - box.before && height <= bottom - top) {
        queue.push(box);
        turn();
        continue;
      }
    }
    const before = page.length === 0 ? 0 : box.before;
    const room = bottom - y - before;
    if (box.height <= room + 0.01) {
      page.push({ box, top: y + before });
      y += before + box.height;
      continue;
    }
    const halves = box.split?.(room) ?? null;
    if (halves !== null) {
      page.push({ box: halves[0], top: y + before });
      queue.push(halves[1]);
      turn();
    } else if (page.length === 0) {
      page.push({ box, top: y }); // higher than a page: there is no better place
      turn();
    } else {
      queue.push(box);
      turn();
    }
  }
  if (page.length > 0 || pages.length === 0) pages.push(page);
  return pages;
}

/** @param queue the boxes that follow, the next one last */
function groupHeight(first: Box, queue: readonly Box[]): number {
  let height = first.height;
  for (let at = queue.length - 1; at >= 0; at -= 1) {
    const box = queue[at];
    if (box === undefined || box.group !== first.group) break;
    height += box.before + box.height;
  }
  return height;
}
