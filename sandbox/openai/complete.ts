/** One completion: an answer and its tokens, from the content of a request alone. */
import type { Fault } from '../wire/faults.ts';
import { hash32 } from '../wire/random.ts';
import type { Family } from './families.ts';
import {
  CONTENT_KINDS,
  type ContentKind,
  cutOff,
  type ModelAnswer,
  misanswer,
  said,
  spoken,
} from './misanswers.ts';
import type { Prompt } from './prompt.ts';
import { citable, writeAnswer } from './prose.ts';
import { estimateTokens, type PromptCache, type TokenUsage } from './usage.ts';

export interface Completion extends ModelAnswer, TokenUsage {}

/** What a model thinks, as a part of its answer. Made up, but growing with the effort as real ones do. */
const THOUGHT: Readonly<Record<string, number>> = {
  none: 0,
  minimal: 0.05,
  low: 0.2,
  medium: 0.5,
  high: 1,
  xhigh: 2,
};

/** Deterministic, except for the cached tokens, which depend on earlier requests. */
export function complete(
  prompt: Prompt,
  cache: PromptCache,
  fault: Fault | null,
  family: Family,
): Completion {
  const whole = answerTo(prompt, contentKindOf(fault));
  const tokens = estimateTokens(whole.content ?? whole.refusal ?? '');
  const most = prompt.maxTokens ?? Number.POSITIVE_INFINITY;
  const thought = Math.ceil(tokens * (THOUGHT[prompt.effort ?? family.effort] ?? 0));
  const reasoningTokens = family.reasons ? Math.min(thought, most) : 0;
  // what was thought leaves less room for the answer
  const room = most - reasoningTokens;
  const answer = tokens > room ? cutOff(whole, room / tokens) : whole;
  const marked = family.marks && cache.readMarked(prompt.model, prompt.text, prompt.cache);
  return {
    ...answer,
    promptTokens: estimateTokens(prompt.text),
    cachedTokens: marked ? marked.cached : cache.read(prompt.model, prompt.text),
    writtenTokens: marked ? marked.written : 0,
    completionTokens: estimateTokens(answer.content ?? answer.refusal ?? '') + reasoningTokens,
    reasoningTokens,
  };
}

function answerTo(prompt: Prompt, kind: ContentKind | null): ModelAnswer {
  const person = citable(prompt.person);
  const seed = hash32(prompt.person.join('\n'));
  const answers = prompt.groups.flatMap((group) => {
    const facts = citable(group.facts);
    const setting = { title: group.title, facts, person, length: prompt.length, seed };
    return group.questions.map((question) => ({
      id: question.id,
      text: writeAnswer(question, setting),
    }));
  });
  if (answers.length > 0 || prompt.structured) {
    return kind === null ? spoken(answers) : misanswer(kind, answers);
  }
  // no questions in the form that we know: write plain prose about the request
  const question = { id: 'message', text: prompt.text };
  const setting = { title: '', facts: [], person, length: prompt.length, seed };
  return said(writeAnswer(question, setting));
}

function contentKindOf(fault: Fault | null): ContentKind | null {
  return CONTENT_KINDS.find((kind) => kind === fault?.kind) ?? null;
}
