import { expect, it } from 'vitest';
import type { Box } from '../../../src/pdf/layout/box.ts';
import { paginate } from '../../../src/pdf/layout/paginate.ts';

const LINE = 10;

function box(lines: number, extra: Partial<Box> = {}): Box {
  return { before: 0, height: lines * LINE, keep: false, draw: () => {}, ...extra };
}

function paragraph(lines: number, extra: Partial<Box> = {}): Box {
  return box(lines, {
    split(available) {
      const first = Math.min(Math.floor(available / LINE), lines - 2);
      return first < 2 ? null : [paragraph(first), paragraph(lines - first)];
    },
    ...extra,
  });
}

/** Heights in lines, page by page. */
function heights(boxes: readonly Box[]): number[][] {
  return paginate(boxes, 0, 10 * LINE).map((page) => page.map(({ box }) => box.height / LINE));
}

it('fills a page before it begins the next', () => {
  expect(heights([box(4), box(6), box(1)])).toEqual([[4, 6], [1]]);
});

it('moves a heading to the next page together with what follows it', () => {
  expect(heights([box(8), box(1, { keep: true }), box(3)])).toEqual([[8], [1, 3]]);
});

it('splits a paragraph with at least two lines on each page', () => {
  expect(heights([box(7), paragraph(5)])).toEqual([[7, 3], [2]]);
  expect(heights([box(9), paragraph(5)])).toEqual([[9], [5]]);
  expect(heights([box(7), paragraph(3)])).toEqual([[7, 3]]);
});

it('keeps a group on one page if the page before is full enough', () => {
  const group = {};
  const answer = [box(1, { keep: true, group }), paragraph(6, { group })];
  expect(heights([box(5), ...answer])).toEqual([[5], [1, 6]]);
  expect(heights([box(2), box(1), ...answer])).toEqual([[2, 1, 1, 6]]);
});

it('lets a group that is longer than a page continue on the next', () => {
  const group = {};
  const answer = [box(1, { keep: true, group }), paragraph(14, { group })];
  expect(heights([box(4), ...answer])).toEqual([[4, 1, 5], [9]]);
});

it('gives a box that is taller than a page a page of its own', () => {
  expect(heights([box(3), box(12), box(3)])).toEqual([[3], [12], [3]]);
});

it('makes one page even without any boxes', () => {
  expect(heights([])).toEqual([[]]);
});
