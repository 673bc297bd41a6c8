/** Answers that are wrong in a named way, as models give them even on a good network. */

export const CONTENT_KINDS = [
  'drop_answers',
  'truncated',
  'refusal',
  'wrong_language',
  'duplicate_ids',
  'broken_json',
  'empty',
  'markdown',
  'lone_surrogate',
] as const;
export type ContentKind = (typeof CONTENT_KINDS)[number];

export interface Spoken {
  id: string;
  text: string;
}

export interface ModelAnswer {
  content: string | null;
  refusal: string | null;
  finishReason: 'stop' | 'length';
}

export function spoken(answers: Spoken[]): ModelAnswer {
  return said(JSON.stringify({ answers }));
}

export function said(content: string): ModelAnswer {
  return { content, refusal: null, finishReason: 'stop' };
}

const MISANSWERS: Record<ContentKind, (answers: Spoken[]) => ModelAnswer> = {
  // one in four, and at least one, but never all: a re-ask must have something to keep
  drop_answers: (answers) => spoken(answers.filter((_, index) => index % 4 !== 0)),
  truncated: (answers) => cutOff(spoken(answers), 0.6),
  refusal: () => ({
    content: null,
    refusal: "I'm sorry, but I can't help with that request.",
    finishReason: 'stop',
  }),
  wrong_language: (answers) =>
    spoken(answers.map(({ id, text }) => ({ id, text: german(text.length) }))),
  duplicate_ids: (answers) => {
    const first = answers[0];
    const doubled = answers.map((answer, index) =>
      index === 1 && first !== undefined ? { ...answer, id: first.id } : answer,
    );
    return spoken(first !== undefined && answers.length === 1 ? [first, first] : doubled);
  },
  broken_json: (answers) => said(JSON.stringify({ answers }).slice(0, -3)),
  empty: () => said(''),
  // as long as it was: nothing else may be wrong with it
  markdown: (answers) => spoken(answers.map((each) => put(each, '**In short:** '))),
  lone_surrogate: (answers) => spoken(answers.map((each) => put(each, '\ud83c'))),
};

export function misanswer(kind: ContentKind, answers: Spoken[]): ModelAnswer {
  return MISANSWERS[kind](answers);
}

function put({ id, text }: Spoken, start: string): Spoken {
  return { id, text: start + text.slice(start.length) };
}

/** @param share of the text that still arrived; 0-1 */
export function cutOff(answer: ModelAnswer, share: number): ModelAnswer {
  const content = answer.content ?? '';
  return {
    ...answer,
    content: content.slice(0, Math.floor(content.length * share)),
    finishReason: 'length',
  };
}

const GERMAN = [
  'Heute lohnt es sich, einen Schritt langsamer zu gehen und genauer hinzusehen.',
  'Die Menschen in deiner Nähe merken schneller als sonst, was du wirklich meinst.',
  'Ein altes Thema kommt noch einmal zur Sprache, doch diesmal mit mehr Ruhe.',
  'Du musst nichts beweisen, und gerade das macht deine Worte stark.',
  'Nimm dir am Abend Zeit für das, was liegen geblieben ist.',
];

function german(length: number): string {
  let text = GERMAN[0] ?? '';
  for (let index = 1; text.length < length - 80; index += 1) {
    text += ` ${GERMAN[index % GERMAN.length]}`;
  }
  return text;
}
