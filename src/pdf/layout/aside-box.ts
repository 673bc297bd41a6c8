/** Two columns, the narrow one at the right next to the text: one box, never divided. */
import type { Box, Layout } from './box.ts';
import { heightOf, stack } from './stack.ts';

/** Share of the column. */
const ASIDE = 0.36;
const GUTTER = 22;

/** @returns the layouts of the two columns */
export function besideEachOther(layout: Layout): [text: Layout, aside: Layout] {
  const { frame } = layout;
  const narrow = frame.column * ASIDE;
  const wide = frame.column - narrow - GUTTER;
  const within = { ...layout, overhang: 0 };
  return [
    { ...within, frame: { ...frame, column: wide } },
    { ...within, frame: { ...frame, left: frame.left + wide + GUTTER, column: narrow } },
  ];
}

export function asideBox(text: readonly Box[], aside: readonly Box[]): Box {
  return {
    before: text[0]?.before ?? aside[0]?.before ?? 0,
    height: Math.max(heightOf(text), heightOf(aside)),
    keep: false,
    draw(page, top) {
      for (const placed of [...stack(text, top), ...stack(aside, top)]) {
        placed.box.draw(page, placed.top);
      }
    },
  };
}
