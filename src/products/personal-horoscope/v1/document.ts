/** The horoscope as a book of exactly 1,725 pages: a cover, then 431 periods of four sheets. */
import type { Subject } from '../../../domain/birth.ts';
import type { Answer } from '../../../domain/call-plan.ts';
import type { Block, OutlineEntry, Part, ReportDocument } from '../../../domain/document.ts';
import type { DocumentSource } from '../../../domain/product.ts';
import type { Period, PeriodFacts, PeriodKind, ReportFacts } from '../../../domain/sky.ts';
import { answeredGroups } from '../../shared/answered-groups.ts';
import { titleName } from '../../shared/birth-lines.ts';
import { colophonLines } from '../../shared/colophon.ts';
import { coverPart } from '../../shared/cover.ts';
import { dateRange } from '../../shared/dates.ts';
import { compactPositionsTable } from '../../shared/positions-table.ts';
import { AREAS } from './areas.ts';
import { calendarOf, linksDown, linksUp, sheetId } from './navigation.ts';
import { periodParagraph } from './period-lines.ts';
import { periodTitle } from './period-title.ts';
import { questionsFor } from './questions.ts';

const ANSWERS_PER_SHEET = 5;
const SHEETS = AREAS.length / ANSWERS_PER_SHEET;

/** The outline nests half > month > week and day. */
const OUTLINE_LEVELS: Readonly<Record<PeriodKind, number>> = { half: 0, month: 1, week: 2, day: 2 };

export function document(
  facts: ReportFacts,
  subject: Subject,
  { createdAt, answers }: DocumentSource,
): ReportDocument {
  const title = 'Personal Horoscope';
  return {
    info: {
      title: `${title} for ${titleName(subject)}`,
      author: 'Almanac',
      subject: `Report year ${reportYear(facts)}`,
      language: 'en',
      createdAt,
      pages: 1 + facts.periods.length * SHEETS,
      partsPerChunk: 10,
    },
    parts: parts(facts, subject, title, answers),
  };
}

async function* parts(
  facts: ReportFacts,
  subject: Subject,
  title: string,
  answers: AsyncIterable<Answer>,
): AsyncGenerator<Part> {
  const [reckoning, notice] = colophonLines(facts, subject);
  yield coverPart(facts, subject, {
    title,
    lines: [`The year ${reportYear(facts)}`],
    wheelSize: 280,
    outline: [{ title: 'Cover', level: 0 }],
    below: [compactPositionsTable(facts.chart), small(reckoning.join(' ')), small(notice)],
  });
  const periods = facts.periods.map(({ period }) => period);
  const groups = facts.periods.map((period) => ({
    ...period,
    questions: questionsFor(period.period),
  }));
  for await (const { group, blocks } of answeredGroups(answers, groups)) {
    const { period } = group;
    for (let sheet = 0; sheet < SHEETS; sheet += 1) {
      const from = sheet * ANSWERS_PER_SHEET;
      yield {
        id: sheetId(period, sheet + 1),
        layout: 'sheet',
        outline: sheet === 0 ? [outlineEntry(period)] : [],
        head: periodTitle(period),
        blocks: [
          ...(sheet === 0 ? opening(group, periods, subject.reportYear.timeZone) : []),
          ...blocks.slice(from, from + ANSWERS_PER_SHEET),
          ...linksUp(period, periods),
        ],
      };
    }
  }
}

function small(text: string): Block {
  return { kind: 'paragraph', style: 'small', align: 'center', text };
}

function opening(facts: PeriodFacts, periods: readonly Period[], timeZone: string): Block[] {
  const { period } = facts;
  const sky: Block = { kind: 'paragraph', style: 'facts', text: periodParagraph(facts, timeZone) };
  return [
    {
      kind: 'heading',
      level: OUTLINE_LEVELS[period.kind] === 0 ? 1 : 2,
      text: periodTitle(period),
    },
    period.kind === 'month'
      ? { kind: 'aside', blocks: [sky], aside: [calendarOf(period, periods)] }
      : sky,
    ...linksDown(period, periods),
  ];
}

function outlineEntry(period: Period): OutlineEntry {
  return { title: periodTitle(period), level: OUTLINE_LEVELS[period.kind] };
}

function reportYear({ periods }: ReportFacts): string {
  const firsts = periods.map(({ period }) => period.first);
  const lasts = periods.map(({ period }) => period.last);
  return dateRange(firsts.toSorted()[0] ?? '', lasts.toSorted().at(-1) ?? '');
}
