/** Covers, and the page with wheel and tables after them in the shorter reports. */
import type { Subject } from '../../domain/birth.ts';
import type { Block, OutlineEntry, Part } from '../../domain/document.ts';
import type { ReportFacts } from '../../domain/sky.ts';
import { aspectGrid } from './aspect-grid.ts';
import { birthLine, printedName, reckoningLine } from './birth-lines.ts';
import { housesLine } from './colophon.ts';
import { positionsTable } from './positions-table.ts';
import { wheel } from './wheel.ts';

/** A cover: whose report it is, the birth it is about, and its wheel. */
export function coverPart(
  { chart }: ReportFacts,
  subject: Subject,
  { title, lines, wheelSize, outline = [], below = [] }: CoverWish,
): Part {
  return {
    id: 'cover',
    layout: 'cover',
    outline,
    head: title,
    blocks: [
      { kind: 'heading', level: 1, text: title },
      { kind: 'heading', level: 2, text: printedName(subject) },
      { kind: 'paragraph', style: 'body', align: 'center', text: birthLine(subject) },
      ...lines.map((text): Block => ({ kind: 'paragraph', style: 'body', align: 'center', text })),
      wheel(chart, wheelSize),
      ...below,
    ],
  };
}

export interface CoverWish {
  title: string;
  /** below the birth */
  lines: string[];
  /** points */
  wheelSize: number;
  outline?: OutlineEntry[];
  /** printed below the wheel */
  below?: Block[];
}

/** One page with the wheel and how it was calculated, then one with positions and aspects. */
export function chartParts(facts: ReportFacts, subject: Subject, title: string): Part[] {
  const wheelPage: Block[] = [
    { kind: 'heading', level: 1, text: 'The birth chart' },
    wheel(facts.chart, 370),
    {
      kind: 'paragraph',
      style: 'small',
      align: 'center',
      text: `${reckoningLine(subject)}. ${housesLine(facts)}`,
    },
  ];
  const tables: Block[] = [
    positionsTable(facts.chart),
    { kind: 'heading', level: 2, text: 'Aspects' },
    aspectGrid(facts.chart, 18),
  ];
  const outline = [{ title: 'The birth chart', level: 0 }];
  return [
    { id: 'chart', layout: 'flow', outline, head: title, blocks: wheelPage },
    { id: 'positions', layout: 'flow', outline: [], head: title, blocks: tables },
  ];
}

export function contentsPart(title: string): Part {
  return {
    id: 'contents',
    layout: 'flow',
    outline: [], // a contents page need not list itself
    head: title,
    blocks: [
      { kind: 'heading', level: 1, text: 'Contents' },
      { kind: 'contents', depth: 0 },
    ],
  };
}
