/** Synthetic documents: the same seed gives the same text. */
import type { Block, Part, ReportDocument } from '../../src/domain/document.ts';
import { cover, positions, wheel } from './sample-chart.ts';
import { prose, randomOf } from './sample-text.ts';

export const INFO: ReportDocument['info'] = {
  title: 'A Year of Days',
  author: 'Almanac',
  subject: 'Personal horoscope of Zoë & Łukasz',
  language: 'en',
  createdAt: '2026-01-05T10:00:00.000Z',
  pages: null,
  partsPerChunk: 10,
};

export async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) yield item;
}

/** A sheet of five answers. */
export function sheet(id: string, texts: readonly string[], opening: Block[] = []): Part {
  return {
    id,
    layout: 'sheet',
    outline: [],
    head: 'Wednesday 14 January 2026',
    blocks: [
      ...opening,
      ...texts.map(
        (text, index): Block => ({
          kind: 'answer',
          id: `${id}-${index}`,
          question:
            ['What is asked of your heart today?', 'Where does your work find its ground?'][
              index % 2
            ] ?? '',
          text,
        }),
      ),
    ],
  };
}

export function periodOpening(title: string): Block[] {
  return [
    { kind: 'heading', level: 1, text: title },
    {
      kind: 'paragraph',
      style: 'facts',
      text: 'Moon in Libra 14°, waning · Venus trine your Sun: begins 11 Jan, exact 14 Jan 06:12, ends 17 Jan · Mars square your Ascendant: begins 9 Jan, exact 15 Jan 21:40, ends 22 Jan',
    },
    { kind: 'link', text: 'January', target: 'cover' },
    { kind: 'link', text: 'Cover', target: 'cover' },
  ];
}

/** A document like the longest report: a cover, and periods of four sheets with five answers each. */
export function bigDocument(
  periods: number,
  lengthOf: (random: () => number) => number,
): {
  document: ReportDocument;
  answers: string[];
} {
  const random = randomOf(7);
  const answers: string[] = [];
  const pages = 1 + periods * 4;
  function* parts(): Generator<Part> {
    yield cover();
    for (let period = 0; period < periods; period += 1) {
      for (let page = 0; page < 4; page += 1) {
        const texts = Array.from({ length: 5 }, () => prose(random, lengthOf(random)));
        answers.push(...texts);
        const opening = page === 0 ? periodOpening(`Day ${period + 1}`) : [];
        const part = sheet(`p${period}-${page}`, texts, opening);
        if (page === 0) {
          part.outline = [
            ...(period % 30 === 0 ? [{ title: `Month ${period / 30 + 1}`, level: 0 }] : []),
            { title: `Day ${period + 1}`, level: 1 },
          ];
        }
        yield part;
      }
    }
  }
  return { document: { info: { ...INFO, pages }, parts: each(parts()) }, answers };
}

/** A short book in flowing text, with a contents page. */
export function smallBook(): { document: ReportDocument; answers: string[] } {
  const random = randomOf(3);
  const answers = Array.from({ length: 9 }, () => `${prose(random, 700)}\n\n${prose(random, 900)}`);
  const parts: Part[] = [
    cover(),
    {
      id: 'contents',
      layout: 'flow',
      outline: [{ title: 'Contents', level: 0 }],
      head: 'Life clarity',
      blocks: [
        { kind: 'heading', level: 1, text: 'Contents' },
        { kind: 'contents', depth: 1 },
      ],
    },
    {
      id: 'chart',
      layout: 'flow',
      outline: [{ title: 'The chart', level: 0 }],
      head: 'Life clarity',
      blocks: [
        { kind: 'heading', level: 1, text: 'The chart' },
        {
          kind: 'paragraph',
          style: 'lead',
          text: 'A map of the moment you were born, seen from where you were born.',
        },
        wheel(),
        positions(),
      ],
    },
    ...answers.map(
      (text, index): Part => ({
        id: `c${index}`,
        layout: 'flow',
        outline: [
          {
            title: `Chapter ${index + 1}: ${['The road behind', 'What holds you', 'The work of your hands'][index % 3]}`,
            level: index % 3 === 0 ? 0 : 1,
          },
        ],
        head: 'Life clarity',
        blocks: [
          {
            kind: 'heading',
            level: 1,
            text: ['The road behind', 'What holds you', 'The work of your hands'][index % 3] ?? '',
          },
          { kind: 'paragraph', style: 'lead', text: prose(random, 160) },
          {
            kind: 'answer',
            id: `a${index}`,
            question: 'What do you carry that is no longer yours?',
            text,
          },
          { kind: 'link', text: 'To the contents', target: 'contents' },
        ],
      }),
    ),
  ];
  return { document: { info: { ...INFO, title: 'Life Clarity' }, parts: each(parts) }, answers };
}
