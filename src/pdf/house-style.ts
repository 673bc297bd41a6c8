/** The house style: page, palette and type sizes. Everything a designer would want to change. */
import type { Colour } from '../domain/document.ts';

/**
 * A4, points. Five answers of 800 characters with their headings are about 4,200 characters: a 6 x 9 inch page would
 * need 7 points. A4 holds them at about 10, holds five of the longest (5,000 characters) above 8, and prints at home
 * without scaling.
 */
export const PAGE = { width: 595.28, height: 841.89 } as const;

/** Frame of the text on a page, points from the page's edges; `column` is the width of the text. */
export interface Frame {
  left: number;
  top: number;
  /** bottom edge of the text, from the top of the page */
  bottom: number;
  column: number;
}

function frame(side: number, top: number, foot: number): Frame {
  return { left: side, top, bottom: PAGE.height - foot, column: PAGE.width - 2 * side };
}

/** A sheet is dense, so its column is wide; flowing text keeps to about 80 characters per line. */
export const FRAMES = {
  cover: frame(72, 84, 78),
  sheet: frame(70, 78, 64),
  flow: frame(106, 98, 84),
} as const;

/** How far figures may extend beyond the flow's column on either side. */
export const OVERHANG = 36;

/** Baselines of the running head and of the page number. */
export const FURNITURE = { head: 48, foot: PAGE.height - 36, size: 7.5, tracking: 0.7 } as const;

type Rgb = readonly [red: number, green: number, blue: number];

/** Every text colour has a contrast of at least 4.5 : 1 on the paper and on the cover. */
export const PALETTE: Readonly<Record<Colour | 'paper', Rgb>> = {
  ink: [0x24, 0x22, 0x2e],
  muted: [0x66, 0x5f, 0x6e],
  faint: [0xd8, 0xcf, 0xbf],
  accent: [0x8c, 0x4a, 0x2f],
  fire: [0xa9, 0x3f, 0x2b],
  earth: [0x5d, 0x66, 0x2c],
  air: [0x86, 0x66, 0x12],
  water: [0x2b, 0x5f, 0x86],
  paper: [0xfb, 0xf7, 0xef],
};

export type Face = 'serif' | 'serif-italic' | 'serif-bold' | 'sans' | 'sans-bold' | 'symbol';

/** How a piece of text is set. Sizes and distances in points. */
export interface TextStyle {
  face: Face;
  size: number;
  leading: number;
  colour: Colour;
  /** white space above, left out at the top of a page */
  before: number;
  /** extra space between characters; from a tenth of the size, some text readers take it for spaces */
  tracking?: number;
  capitals?: boolean;
}

export const STYLES = {
  body: { face: 'serif', size: 11, leading: 15.9, colour: 'ink', before: 7.5 },
  lead: { face: 'serif-italic', size: 13.5, leading: 20, colour: 'muted', before: 10 },
  small: { face: 'sans', size: 8.5, leading: 12, colour: 'muted', before: 6 },
  facts: { face: 'sans', size: 9, leading: 12.6, colour: 'muted', before: 5 },
  link: { face: 'sans', size: 9, leading: 12.6, colour: 'accent', before: 5 },
  question: { face: 'serif-bold', size: 12.5, leading: 17, colour: 'accent', before: 20 },
  caption: {
    face: 'sans-bold',
    size: 8,
    leading: 12,
    colour: 'accent',
    before: 16,
    tracking: 0.75,
    capitals: true,
  },
  cell: { face: 'sans', size: 9, leading: 12, colour: 'ink', before: 0 },
  heading1: { face: 'serif', size: 27, leading: 33, colour: 'ink', before: 4 },
  heading2: { face: 'serif-bold', size: 15, leading: 20, colour: 'accent', before: 24 },
  heading3: {
    face: 'sans-bold',
    size: 9,
    leading: 13,
    colour: 'muted',
    before: 18,
    tracking: 0.85,
    capitals: true,
  },
} as const satisfies Record<string, TextStyle>;

export const COVER_STYLES = {
  heading1: { face: 'serif', size: 42, leading: 48, colour: 'ink', before: 14 },
  heading2: { face: 'serif-italic', size: 22, leading: 28, colour: 'accent', before: 10 },
  heading3: {
    face: 'sans-bold',
    size: 9,
    leading: 13,
    colour: 'muted',
    before: 12,
    tracking: 0.9,
    capitals: true,
  },
} as const satisfies Record<string, TextStyle>;

/** A sheet's text at scale 1. It may shrink to `minScale`, answers of at least 7.8 points. Leading shrinks first. */
export const SHEET = {
  answer: 10.4,
  question: 10.1,
  loose: 1.44,
  /** tightest leading: `close` while the text may still shrink, `tight` at the smallest size */
  close: 1.32,
  tight: 1.24,
  minScale: 0.75,
  /** between answers, in multiples of the answer's size */
  gap: 1.05,
  maxGap: 2.2,
} as const;
