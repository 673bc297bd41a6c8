/** A short version of what the step before said, so that the next one continues without repeating it. */
import type { Answer } from '../../../domain/call-plan.ts';
import { AREAS } from './areas.ts';

/** Characters: about 300 tokens per call. */
const LONGEST = 1_200;

/**
 * How the latest answer on each area began. Uses one section only, so that a resumed run asks
 * the same as the first would have asked.
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

/** @returns the first sentence, or as many of its words as fit, without a prompt's special characters */
function opening(text: string, longest: number): string {
  const plain = text.replace(/[[\]#\s]+/g, ' ').trim();
  const sentence = /^.*?[.!?](?=\s|$)/.exec(plain)?.[0] ?? plain;
  if (sentence.length <= longest) return sentence;
  return `${sentence.slice(0, longest).replace(/\s+\S*$/, '')}…`;
}
