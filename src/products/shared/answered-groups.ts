/** Puts stored answers under their questions, group by group, and refuses an incomplete report. */
import type { Answer, Question } from '../../domain/call-plan.ts';
import type { Block } from '../../domain/document.ts';
import { AlmanacError } from '../../domain/errors.ts';

export interface AnsweredGroup<Group> {
  group: Group;
  blocks: Block[];
}

/**
 * Streams: a horoscope's 6.5 MB of answers are never in memory at once.
 * @param answers in the plan's order
 * @throws AlmanacError `document` when an answer is missing, misplaced or one too many
 */
export async function* answeredGroups<Group extends { questions: readonly Question[] }>(
  answers: AsyncIterable<Answer>,
  groups: readonly Group[],
): AsyncGenerator<AnsweredGroup<Group>> {
  let index = 0;
  let blocks: Block[] = [];
  for await (const { id, text } of answers) {
    const group = groups[index];
    const question = group?.questions[blocks.length];
    if (group === undefined || question === undefined) {
      throw new AlmanacError('document', `answer ${id} is one too many`);
    }
    if (question.id !== id) {
      throw new AlmanacError('document', `answer ${question.id} expected, ${id} found there`);
    }
    blocks.push({ kind: 'answer', id, question: question.text, text });
    if (blocks.length === group.questions.length) {
      yield { group, blocks };
      blocks = [];
      index += 1;
    }
  }
  const missing = groups[index]?.questions[blocks.length];
  if (missing !== undefined) throw new AlmanacError('document', `answer ${missing.id} is missing`);
}
