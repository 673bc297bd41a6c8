/** Boxes one below the other, with no page break between them. */
import type { Box } from './box.ts';
import type { Placed } from './paginate.ts';

/** @returns points from the first box's top to the last one's foot */
export function heightOf(boxes: readonly Box[]): number {
  return boxes.reduce((sum, box, index) => sum + box.height + (index > 0 ? box.before : 0), 0);
}

export function stack(boxes: readonly Box[], top: number): Placed[] {
  let y = top;
  return boxes.map((box, index) => {
    if (index > 0) y += box.before;
    const placed = { box, top: y };
    y += box.height;
    return placed;
  });
}
