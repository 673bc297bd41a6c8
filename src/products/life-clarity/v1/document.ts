/** Life Clarity as a book: cover, chart, contents, nine chapters, colophon. */
import type { Subject } from '../../../domain/birth.ts';
import type { Answer } from '../../../domain/call-plan.ts';
import type { Part, ReportDocument } from '../../../domain/document.ts';
import type { DocumentSource } from '../../../domain/product.ts';
import type { ReportFacts } from '../../../domain/sky.ts';
import { answeredGroups } from '../../shared/answered-groups.ts';
import { printedName } from '../../shared/birth-lines.ts';
import { colophonPart } from '../../shared/colophon.ts';
import { chartPart, contentsPart, coverPart } from '../../shared/cover.ts';
import { CHAPTERS } from './questions.ts';

const TITLE = 'Life Clarity';

export function document(
  facts: ReportFacts,
  subject: Subject,
  { createdAt, answers }: DocumentSource,
): ReportDocument {
  return {
    info: {
      title: `${TITLE} for ${printedName(subject)}`,
      author: 'Almanac',
      subject: 'Where you stand, in nine chapters from the birth chart',
      language: 'en',
      createdAt,
      pages: null,
      partsPerChunk: 10,
    },
    parts: parts(facts, subject, answers),
  };
}

async function* parts(
  facts: ReportFacts,
  subject: Subject,
  answers: AsyncIterable<Answer>,
): AsyncGenerator<Part> {
  const wish = { title: TITLE, lines: ['Where you stand, in nine chapters'], wheelSize: 300 };
  yield coverPart(facts, subject, wish);
  yield chartPart(facts, subject, TITLE);
  yield contentsPart(TITLE);
  const groups = CHAPTERS.map(({ key, title }) => ({
    key,
    title,
    questions: [{ id: key, text: title }],
  }));
  let number = 0;
  for await (const { group, blocks } of answeredGroups(answers, groups)) {
    number += 1;
    yield {
      id: group.key,
      layout: 'flow',
      outline: [{ title: `${number}. ${group.title}`, level: 0 }],
      head: group.title,
      blocks: [{ kind: 'heading', level: 1, text: `Chapter ${number}` }, ...blocks],
    };
  }
  yield colophonPart(facts, subject, TITLE);
}
