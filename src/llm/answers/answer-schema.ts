/** The one shape of the answers to every model call, and how to read them back. */
import { z } from 'zod';
import type { Answer } from '../../domain/call-plan.ts';

/** The same for every call of every product: see docs/decisions/answer-schema.md. */
export const answerSchema = z.object({
  answers: z.array(z.object({ id: z.string(), text: z.string() })),
});

const STRING = '"(?:[^"\\\\]|\\\\.)*"';
const WHOLE_ANSWER = new RegExp(
  `\\{\\s*"id"\\s*:\\s*(${STRING})\\s*,\\s*"text"\\s*:\\s*(${STRING})\\s*\\}`,
  'gs',
);

/**
 * Reads the answers of a reply. From JSON that is cut off or broken it takes the complete ones:
 * they are paid for, and each is checked on its own later.
 */
export function readAnswers(raw: string): Answer[] {
  const whole = answerSchema.safeParse(parseJson(raw));
  if (whole.success) return whole.data.answers;
  return [...raw.matchAll(WHOLE_ANSWER)].flatMap(([, id, text]) => {
    const answer = z.tuple([z.string(), z.string()]).safeParse(parseJson(`[${id},${text}]`));
    return answer.success ? [{ id: answer.data[0], text: answer.data[1] }] : [];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
