/** A product's document as data: what is on the pages, not how it is drawn. `pdf/` draws it. */

export type TextAlign = 'left' | 'center' | 'right';

/** Coordinates in points, origin top left of the figure. Colours are names of the house palette. */
export type Colour = 'ink' | 'muted' | 'faint' | 'accent' | 'fire' | 'earth' | 'air' | 'water';

export type Shape =
  | {
      kind: 'circle';
      x: number;
      y: number;
      r: number;
      stroke?: Colour;
      fill?: Colour;
      width?: number;
    }
  | {
      kind: 'line';
      x1: number;
      y1: number;
      x2: number;
      y2: number;
      stroke: Colour;
      width?: number;
      dash?: number;
    }
  | { kind: 'path'; d: string; stroke?: Colour; fill?: Colour; width?: number }
  /** one glyph or short label, centred on x, y; `symbol` draws signs and planets */
  | {
      kind: 'glyph';
      x: number;
      y: number;
      text: string;
      size: number;
      font: 'symbol' | 'text';
      fill: Colour;
    };

export interface TableColumn {
  title: string;
  align: TextAlign;
  /** share of the table's width */
  weight: number;
  font?: 'symbol' | 'text';
}

export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | {
      kind: 'paragraph';
      text: string;
      style: 'body' | 'lead' | 'small' | 'facts';
      align?: TextAlign;
    }
  | { kind: 'answer'; id: string; question: string; text: string }
  | { kind: 'table'; caption: string; columns: TableColumn[]; rows: string[][] }
  | { kind: 'figure'; width: number; height: number; shapes: Shape[]; alt: string }
  | { kind: 'link'; text: string; target: string }
  /** a small table of links; null leaves a cell empty */
  | { kind: 'calendar'; heads: string[]; rows: (CalendarLink | null)[][] }
  /** `aside` goes in a narrow column to the right of `blocks`; neither is ever split */
  | { kind: 'aside'; blocks: Block[]; aside: Block[] }
  /** links to every part whose outline level is at most `depth`, with page numbers */
  | { kind: 'contents'; depth: number };

/** `title` is the link in full, for screen readers. */
export interface CalendarLink {
  text: string;
  title: string;
  target: string;
}

export interface OutlineEntry {
  title: string;
  /** 0 at the top */
  level: number;
}

/**
 * A part starts a page. `cover` and `sheet` take exactly one page (a sheet's answers are set
 * smaller or tighter until they fit, and never cut); `flow` takes as many as it needs.
 */
export interface Part {
  /** target of links; unique in the document */
  id: string;
  layout: 'cover' | 'sheet' | 'flow';
  /** entries of the outline that point here, outermost first */
  outline: OutlineEntry[];
  /** running head */
  head: string;
  blocks: Block[];
}

export interface DocumentInfo {
  title: string;
  author: string;
  subject: string;
  /** BCP 47 */
  language: string;
  /** ISO 8601; fixed per report, so that rendering twice gives the same bytes */
  createdAt: string;
  /** number of pages, where the layout fixes it; null: counted while rendering */
  pages: number | null;
  /** parts handed to the renderer at once */
  partsPerChunk: number;
}

export interface ReportDocument {
  info: DocumentInfo;
  parts: AsyncIterable<Part>;
}
