/** The layout of the shorter reports: cover, chart, contents, chapters, colophon. */
import type { Subject } from '../../domain/birth.ts';
import type { Answer, Question } from '../../domain/call-plan.ts';
import type { Part, ReportDocument } from '../../domain/document.ts';
import type { DocumentSource } from '../../domain/product.ts';
import type { ReportFacts } from '../../domain/sky.ts';
import { answeredGroups } from './answered-groups.ts';
import { titleName } from './birth-lines.ts';
import { colophonPart } from './colophon.ts';
import { chartParts, contentsPart, coverPart } from './cover.ts';

export interface Book {
  title: string;
  /** on the cover, below the birth */
  subtitle: string;
  chapters: readonly BookChapter[];
}

export interface BookChapter {
  /** unique in the book */
  key: string;
  title: string;
  /** if a question has text, it is printed above its answer */
  questions: readonly Question[];
}

/** @throws AlmanacError `document`, while its parts are read, when answers do not match the chapters */
export function bookDocument(
  book: Book,
  facts: ReportFacts,
  subject: Subject,
  { createdAt, answers }: DocumentSource,
): ReportDocument {
  return {
    info: {
      title: `${book.title} for ${titleName(subject)}`,
      author: 'Almanac',
      subject: book.subtitle,
      language: 'en',
      createdAt,
      pages: null,
      partsPerChunk: 10,
    },
    parts: parts(book, facts, subject, answers),
  };
}

async function* parts(
  { title, subtitle, chapters }: Book,
  facts: ReportFacts,
  subject: Subject,
  answers: AsyncIterable<Answer>,
): AsyncGenerator<Part> {
  yield coverPart(facts, subject, { title, lines: [subtitle], wheelSize: 340 });
  yield* chartParts(facts, subject, title);
  yield contentsPart(title);
  for await (const { group, blocks } of answeredGroups(answers, chapters)) {
    const number = chapters.indexOf(group) + 1;
    const entry = `${number}. ${group.title}`;
    yield {
      id: group.key,
      layout: 'flow',
      outline: [{ title: entry, level: 0 }],
      head: group.title,
      blocks: [
        { kind: 'paragraph', style: 'facts', text: `Chapter ${number}` },
        { kind: 'heading', level: 1, text: group.title },
        ...blocks,
      ],
    };
  }
  yield colophonPart(facts, subject, title);
}
