/** One completion: an answer and its tokens, from the content of a request alone. */
import type { Fault } from '../wire/faults.ts';
import { hash32 } from '../wire/random.ts';
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

/** Deterministic, except for the cached tokens, which depend on earlier requests. */
export function complete(prompt: Prompt, cache: PromptCache, fault: Fault | null): Completion {
  const whole = answerTo(prompt, contentKindOf(fault));
  const tokens = estimateTokens(whole.content ?? whole.refusal ?? '');
  const answer =
    prompt.maxTokens !== null && tokens > prompt.maxTokens
      ? cutOff(whole, prompt.maxTokens / tokens)
      : whole;
  return {
    ...answer,
    promptTokens: estimateTokens(prompt.text),
    cachedTokens: cache.read(prompt.model, prompt.text),
    completionTokens: estimateTokens(answer.content ?? answer.refusal ?? ''),
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
