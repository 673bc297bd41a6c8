/** Covers, and the page with wheel and tables that follows them in the shorter reports. */
import type { Subject } from '../../domain/birth.ts';
import type { Block, Part } from '../../domain/document.ts';
import type { ReportFacts } from '../../domain/sky.ts';
import { aspectGrid } from './aspect-grid.ts';
import { birthLine, printedName, reckoningLine } from './birth-lines.ts';
import { housesLine } from './colophon.ts';
import { positionsTable } from './positions-table.ts';
import { wheel } from './wheel.ts';

/**
 * @param title of the report
 * @param lines under the birth line
 * @param below what stands under the wheel
 */
export function coverPart(
  { chart }: ReportFacts,
  subject: Subject,
  { title, lines, wheelSize, below = [] }: CoverWish,
): Part {
  return {
    id: 'cover',
    layout: 'cover',
    outline: [{ title: 'Cover', level: 0 }],
    head: title,
    blocks: [
      { kind: 'heading', level: 1, text: title },
      { kind: 'paragraph', style: 'lead', align: 'center', text: printedName(subject) },
      { kind: 'paragraph', style: 'body', align: 'center', text: birthLine(subject) },
      ...lines.map((text): Block => ({ kind: 'paragraph', style: 'body', align: 'center', text })),
      wheel(chart, wheelSize),
      ...below,
    ],
  };
}

export interface CoverWish {
  title: string;
  lines: string[];
  /** points */
  wheelSize: number;
  below?: Block[];
}

/** Wheel, positions, aspects, and how they were reckoned. */
export function chartPart(facts: ReportFacts, subject: Subject, title: string): Part {
  return {
    id: 'chart',
    layout: 'flow',
    outline: [{ title: 'The birth chart', level: 0 }],
    head: title,
    blocks: [
      { kind: 'heading', level: 1, text: 'The birth chart' },
      wheel(facts.chart, 340),
      {
        kind: 'paragraph',
        style: 'small',
        align: 'center',
        text: `${reckoningLine(subject)}. ${housesLine(facts)}`,
      },
      positionsTable(facts.chart),
      { kind: 'heading', level: 2, text: 'Aspects' },
      aspectGrid(facts.chart, 22),
    ],
  };
}

export function contentsPart(title: string): Part {
  return {
    id: 'contents',
    layout: 'flow',
    outline: [{ title: 'Contents', level: 0 }],
    head: title,
    blocks: [
      { kind: 'heading', level: 1, text: 'Contents' },
      { kind: 'contents', depth: 0 },
    ],
  };
}
