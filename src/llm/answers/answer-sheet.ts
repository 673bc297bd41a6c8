/** A step's questions and the valid answers so far, from any number of replies. */
import type { Answer, QuestionGroup, StepPlan } from '../../domain/call-plan.ts';
import { fingerprintOf } from '../../domain/fingerprint.ts';
import type { AnswerLength } from '../../domain/product.ts';
import { readAnswers } from './answer-schema.ts';
import { type Flaw, flawOf } from './check-answer.ts';
import { citesOneOf, namesToCite, statesOpen } from './cites.ts';

export interface AnswerSheet {
  /** Takes the valid answers of a reply. @returns their ids, without those answered before */
  take(raw: string): string[];
  /** Ids without a valid answer, in question order. */
  missing(): string[];
  /** What was wrong with the last answer to an id that is still missing. */
  flaw(id: string): Flaw;
  /** In question order. */
  answers(): Answer[];
}

interface Asked {
  group: QuestionGroup;
  names: ReadonlySet<string> | null;
}

/** @param said fingerprints of the report's other answers; accepted answers are added */
export function createAnswerSheet(
  step: Pick<StepPlan, 'groups'>,
  length: AnswerLength,
  said: Set<number>,
): AnswerSheet {
  const asked = new Map(
    step.groups.flatMap((group) => {
      const names = namesToCite(group);
      return group.questions.map(({ id }) => [id, { group, names }] as const);
    }),
  );
  const texts = new Map<string, string>();
  const flaws = new Map<string, Flaw>();

  const flawIn = (text: string, { group, names }: Asked): Flaw | null => {
    const flaw = flawOf(text, length.hard);
    if (flaw) return flaw;
    if (names && !citesOneOf(names, text)) return 'names none of its facts';
    if (statesOpen(group, text))
      return 'states as certain what depends on the unknown hour of birth';
    return null;
  };

  const takeOne = (answer: Answer): boolean => {
    const question = asked.get(answer.id);
    // an id that was never asked for, or that has its answer already
    if (question === undefined || texts.has(answer.id)) return false;
    const text = answer.text.trim();
    const print = fingerprintOf(text);
    const flaw = flawIn(text, question) ?? (said.has(print) ? 'the same as another answer' : null);
    if (flaw) {
      flaws.set(answer.id, flaw);
      return false;
    }
    said.add(print);
    texts.set(answer.id, text);
    return true;
  };

  return {
    take: (raw) =>
      readAnswers(raw)
        .filter(takeOne)
        .map((answer) => answer.id),
    missing: () => [...asked.keys()].filter((id) => !texts.has(id)),
    flaw: (id) => flaws.get(id) ?? 'missing',
    answers: () =>
      [...asked.keys()].flatMap((id) => {
        const text = texts.get(id);
        return text === undefined ? [] : [{ id, text }];
      }),
  };
}
