/** What the step before has just said, in short, so that the next one carries on and does not repeat it. */
import type { Answer } from '../../../domain/call-plan.ts';
import { AREAS } from './areas.ts';

/** Characters: some 300 tokens a call. */
const LONGEST = 1_200;

/**
 * How the latest answer on each area began. Made from one section alone, so that a resumed run asks
 * what the first would have asked.
 */
export function digest(previous: readonly Answer[]): string {
  const share = Math.floor(LONGEST / AREAS.length);
  return AREAS.flatMap((key) => {
    const answer = previous.findLast(({ id }) => id.endsWith(`-${key}`));
    if (answer === undefined) return [];
    const label = `${key}: `;
    return [label + opening(answer.text, share - label.length - 1)];
  }).join('\n');
}

/** @returns the first sentence, or as many of its words as fit, free of a prompt's own signs */
function opening(text: string, longest: number): string {
  const plain = text.replace(/[[\]#\s]+/g, ' ').trim();
  const sentence = /^.*?[.!?](?=\s|$)/.exec(plain)?.[0] ?? plain;
  if (sentence.length <= longest) return sentence;
  return `${sentence.slice(0, longest).replace(/\s+\S*$/, '')}…`;
}
