/** Synthetic documents: the same seed gives the same text. */
import type { Block, Part, ReportDocument, Shape } from '../../src/domain/document.ts';

const SYLLABLES =
  'a be co de el fa gen har il jo ka lu mer no or pel qui ra sen ti u ven wil xa yon zer thing ness al low ing er ly ment tion'.split(
    ' ',
  );
const COMMON =
  'the and of to you your a in that it is with for on as this be from will when more what can one before others time life work heart moon sun sky path self'.split(
    ' ',
  );

/** Small deterministic generator (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Prose of exactly `length` characters, with sentences, commas and a vocabulary of some thousand words. */
export function prose(random: () => number, length: number): string {
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? 'a';
  let text = '';
  let sentence = 0;
  while (text.length < length) {
    let word = random() < 0.55 ? pick(COMMON) : pick(SYLLABLES) + pick(SYLLABLES);
    if (random() < 0.2) word += pick(SYLLABLES);
    if (sentence === 0) word = word.charAt(0).toUpperCase() + word.slice(1);
    sentence += 1;
    const ends = sentence > 7 && random() < 0.16;
    text += word + (ends ? '. ' : random() < 0.08 ? ', ' : ' ');
    if (ends) sentence = 0;
  }
  return `${text.slice(0, length - 1).replace(/[ ,.]+$/, (cut) => 'e'.repeat(cut.length))}.`;
}

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

/** The longest report's shape: a cover and 431 periods of four sheets with five answers. */
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

export function wheel(): Block {
  const shapes: Shape[] = [
    { kind: 'circle', x: 160, y: 160, r: 155, stroke: 'accent', width: 1.2 },
    { kind: 'circle', x: 160, y: 160, r: 122, stroke: 'accent', width: 0.6 },
    { kind: 'circle', x: 160, y: 160, r: 60, stroke: 'faint', width: 0.8 },
  ];
  const elements = ['fire', 'earth', 'air', 'water'] as const;
  for (let sign = 0; sign < 12; sign += 1) {
    const angle = (sign * Math.PI) / 6;
    const middle = angle + Math.PI / 12;
    shapes.push(
      {
        kind: 'line',
        x1: 160 + 122 * Math.cos(angle),
        y1: 160 + 122 * Math.sin(angle),
        x2: 160 + 155 * Math.cos(angle),
        y2: 160 + 155 * Math.sin(angle),
        stroke: 'accent',
        width: 0.5,
      },
      {
        kind: 'glyph',
        x: 160 + 138 * Math.cos(middle),
        y: 160 + 138 * Math.sin(middle),
        text: String.fromCodePoint(0x2648 + sign),
        size: 17,
        font: 'symbol',
        fill: elements[sign % 4] ?? 'ink',
      },
    );
  }
  [...'☉☽☿♀♂♃♄♅♆♇'].forEach((text, index) => {
    const angle = index * 0.61 + 0.2;
    shapes.push(
      {
        kind: 'glyph',
        x: 160 + 96 * Math.cos(angle),
        y: 160 + 96 * Math.sin(angle),
        text,
        size: 15,
        font: 'symbol',
        fill: 'ink',
      },
      {
        kind: 'line',
        x1: 160 + 60 * Math.cos(angle),
        y1: 160 + 60 * Math.sin(angle),
        x2: 160 - 60 * Math.cos(angle * 2),
        y2: 160 - 60 * Math.sin(angle * 2),
        stroke: index % 2 ? 'water' : 'fire',
        width: 0.5,
        dash: index % 3 === 0 ? 2 : undefined,
      },
    );
  });
  shapes.push({
    kind: 'path',
    d: 'M150 160 A10 10 0 1 0 170 160 A10 10 0 1 0 150 160 Z',
    fill: 'accent',
  });
  return {
    kind: 'figure',
    width: 320,
    height: 320,
    shapes,
    alt: 'The natal chart as a wheel of twelve signs with ten planets.',
  };
}

export function positions(): Block {
  const rows = [
    ['☉', 'Sun', '♑', '24° 12′', '4'],
    ['☽', 'Moon', '♎', '3° 47′', '1'],
    ['☿', 'Mercury', '♒', '9° 02′ R', '5'],
    ['♀', 'Venus', '♐', '18° 33′', '3'],
    ['♂', 'Mars', '♈', '27° 20′', '7'],
    ['♃', 'Jupiter', '♋', '11° 58′', '10'],
    ['♄', 'Saturn', '♓', '29° 41′', '6'],
  ];
  return {
    kind: 'table',
    caption: 'Positions at birth',
    columns: [
      { title: '', align: 'center', weight: 1, font: 'symbol' },
      { title: 'Body', align: 'left', weight: 4 },
      { title: '', align: 'center', weight: 1, font: 'symbol' },
      { title: 'Degree', align: 'right', weight: 3 },
      { title: 'House', align: 'right', weight: 2 },
    ],
    rows,
  };
}

export function cover(): Part {
  return {
    id: 'cover',
    layout: 'cover',
    outline: [{ title: 'Cover', level: 0 }],
    head: '',
    blocks: [
      { kind: 'heading', level: 3, text: 'Personal horoscope' },
      { kind: 'heading', level: 1, text: 'A Year of Days' },
      { kind: 'heading', level: 2, text: 'for Zoë Łukasz-Ångström' },
      {
        kind: 'paragraph',
        style: 'facts',
        text: 'born 14 January 1988, 06:45 · Kraków, Poland · 50.06° N 19.94° E\nReport year 14 January 2026 – 13 January 2027',
      },
      wheel(),
      positions(),
      {
        kind: 'paragraph',
        style: 'small',
        text: 'Positions: caelus 0.23.0, tropical zodiac, Placidus houses, zone Europe/Warsaw. Written with the help of artificial intelligence; a mirror to think with, not advice on health, law or money.',
      },
    ],
  };
}

/** A short book in flowing text, with a contents page. */
export function smallBook(): { document: ReportDocument; answers: string[] } {
  const random = randomOf(3);
  const answers = Array.from(
    { length: 9 },
    () => `${prose(random, 900)}\n\n${prose(random, 1100)}`,
  );
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
