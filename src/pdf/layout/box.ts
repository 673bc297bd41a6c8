/** A box: something laid out that takes a known height and can draw itself once its place on a page is known. */

import type { PageContent } from '../file/page-content.ts';
import type { Element, StructureTree } from '../file/structure-tree.ts';
import type { Frame } from '../house-style.ts';
import type { FontSet } from '../type/font-set.ts';

export interface Box {
  /** white space above, points; left out at the top of a page */
  before: number;
  height: number;
  /** stands on the same page as the beginning of the box behind it */
  keep: boolean;
  /** boxes of one group share a page where they can */
  group?: object;
  /** divides at a good place within `available` points; null where there is none */
  split?(available: number): [Box, Box] | null;
  draw(page: DrawnPage, top: number): void;
}

/** What a box draws on. */
export interface DrawnPage {
  content: PageContent;
  /** draws as content of an element of the structure */
  tagged(element: Element, draw: () => void): void;
  /** draws what readers of the text pass over: rules, running heads */
  artifact(draw: () => void): void;
  link(element: Element, area: Area, target: string, title: string): void;
  figure(element: Element, draw: (path: (d: string) => void) => void): void;
  /** @returns the area in PDF's coordinates, as the four numbers of a rectangle */
  box(area: Area): string;
  /** @returns a part's first page, from 1; 0 while unknown. @throws AlmanacError for an unknown part */
  pageOf(partId: string): number;
}

export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where and into what a part's blocks are laid out. */
export interface Layout {
  fonts: FontSet;
  tree: Pick<StructureTree, 'element'>;
  frame: Frame;
  /** the part's element */
  section: Element;
  /** how far figures may reach beyond the column, points on either side */
  overhang: number;
}
