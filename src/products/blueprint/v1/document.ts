/** The blueprint as a book: cover, chart, contents, thirteen chapters, colophon. */
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

const TITLE = 'Blueprint';

export function document(
  facts: ReportFacts,
  subject: Subject,
  { createdAt, answers }: DocumentSource,
): ReportDocument {
  return {
    info: {
      title: `${TITLE} for ${printedName(subject)}`,
      author: 'Almanac',
      subject: 'A portrait from the birth chart, in thirteen chapters',
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
  const wish = { title: TITLE, lines: ['A portrait in thirteen chapters'], wheelSize: 300 };
  yield coverPart(facts, subject, wish);
  yield chartPart(facts, subject, TITLE);
  yield contentsPart(TITLE);
  const groups = CHAPTERS.map((chapter) => ({
    ...chapter,
    // over its answer a theme's title is printed; the question as asked is the model's
    questions: chapter.themes.map(({ key, title }) => ({ id: key, text: title })),
  }));
  let number = 0;
  for await (const { group, blocks } of answeredGroups(answers, groups)) {
    number += 1;
    const heading = `${number}. ${group.title}`;
    yield {
      id: group.key,
      layout: 'flow',
      outline: [{ title: heading, level: 0 }],
      head: group.title,
      blocks: [{ kind: 'heading', level: 1, text: heading }, ...blocks],
    };
  }
  yield colophonPart(facts, subject, TITLE);
}
