/** A box: laid-out content of known height that can draw itself once it has a position on a page. */
import type { PageContent } from '../file/page-content.ts';
import type { Element, StructureTree } from '../file/structure-tree.ts';
import type { Frame } from '../house-style.ts';
import type { FontSet } from '../type/font-set.ts';

export interface Box {
  /** white space above, points; left out at the top of a page */
  before: number;
  height: number;
  /** keeps it on the same page as the beginning of the next box */
  keep: boolean;
  /** boxes of one group share a page if they can */
  group?: object;
  /** divides at a good place within `available` points; null if there is none */
  split?(available: number): [Box, Box] | null;
  draw(page: DrawnPage, top: number): void;
}

/** What a box draws on. */
export interface DrawnPage {
  content: PageContent;
  /** draws the content of an element of the structure */
  tagged(element: Element, draw: () => void): void;
  /** draws what screen readers skip: rules, running heads */
  artifact(draw: () => void): void;
  link(element: Element, area: Area, target: string, title: string): void;
  figure(element: Element, draw: (path: (d: string) => void) => void): void;
  /** @returns the area in PDF coordinates, as the four numbers of a rectangle */
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

/** Where a part's blocks are laid out, and into which element. */
export interface Layout {
  fonts: FontSet;
  tree: Pick<StructureTree, 'element'>;
  frame: Frame;
  /** the part's element */
  section: Element;
  /** how far figures may extend beyond the column, points on either side */
  overhang: number;
}
