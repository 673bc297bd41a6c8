/** A step's questions, and the valid answers gathered so far, over however many replies. */
import type { Answer, Question } from '../domain/call-plan.ts';
import type { AnswerLength } from '../domain/product.ts';
import { readAnswers } from './answer-schema.ts';
import { type Flaw, flawOf } from './check-answer.ts';

export interface AnswerSheet {
  /** Takes what is valid in a reply. @returns ids answered by it that had no answer yet */
  take(raw: string): string[];
  /** Ids without a valid answer, in the order of the questions. */
  missing(): string[];
  /** What was wrong with the last answer to each id that is still missing. */
  flaw(id: string): Flaw;
  /** In the order of the questions. */
  answers(): Answer[];
}

export function createAnswerSheet(
  questions: readonly Question[],
  length: AnswerLength,
): AnswerSheet {
  const asked = new Set(questions.map((question) => question.id));
  const texts = new Map<string, string>();
  const flaws = new Map<string, Flaw>();
  const seen = new Set<string>();

  const takeOne = (answer: Answer): boolean => {
    // an id that was never asked, or asked and answered: nothing to do with this text
    if (!asked.has(answer.id) || texts.has(answer.id)) return false;
    const text = answer.text.trim();
    const print = fingerprint(text);
    const flaw =
      flawOf(text, length.hard) ?? (seen.has(print) ? 'the same as another answer' : null);
    if (flaw) {
      flaws.set(answer.id, flaw);
      return false;
    }
    seen.add(print);
    texts.set(answer.id, text);
    return true;
  };

  return {
    take: (raw) =>
      readAnswers(raw)
        .filter(takeOne)
        .map((answer) => answer.id),
    missing: () => [...asked].filter((id) => !texts.has(id)),
    flaw: (id) => flaws.get(id) ?? 'missing',
    answers: () =>
      [...asked].flatMap((id) => {
        const text = texts.get(id);
        return text === undefined ? [] : [{ id, text }];
      }),
  };
}

/** Equal for texts that differ in nothing but case and spacing. */
function fingerprint(text: string): string {
  return text.toLowerCase().replace(/\s{2,}|\n/g, ' ');
}
