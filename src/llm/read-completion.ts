/** Reads the body of a chat completion from any SDK. */
import { z } from 'zod';
import { TransientFault } from '../domain/errors.ts';
import type { Usage } from '../domain/usage.ts';
import type { ModelReply } from './caller.ts';
import { brokenBody } from './classify-fault.ts';

/** A name that is kept in a row. */
const name = z.string().min(1).max(200);

/** What we check in a 200: a proxy's page or half a body must not pass for an answer. */
const completionSchema = z.object({
  // we ask for one: what else comes does not decide about it
  choices: z
    .tuple([
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    ])
    .rest(z.unknown()),
  model: name.nullish().catch(null),
  service_tier: name.nullish().catch(null),
  usage: z.unknown().optional(),
});

/** More tokens than any model's context holds: such a count is not believed. */
const MOST_TOKENS = 2_000_000;
const tokens = z.int().min(0).max(MOST_TOKENS);

const usageSchema = z.object({
  prompt_tokens: tokens.min(1),
  completion_tokens: tokens,
  // where it is missing or wrong nothing counts as cached: that is the dearest
  prompt_tokens_details: z
    .object({
      cached_tokens: tokens.catch(0).default(0),
      cache_write_tokens: tokens.nullish().catch(null),
    })
    .nullish()
    .catch(null),
  completion_tokens_details: z.object({ reasoning_tokens: tokens.nullish() }).nullish().catch(null),
});

/**
 * What the answer cost decides nothing about the answer: a wrong usage is an unknown one.
 * @throws TransientFault `openai_body` when it is not a completion, or when the provider broke it off
 */
export function readCompletion(body: unknown): ModelReply {
  const parsed = completionSchema.safeParse(body);
  const choice = parsed.data?.choices[0];
  if (!choice) throw brokenBody();
  const { message, finish_reason: reason } = choice;
  if (reason === 'error') {
    throw new TransientFault('openai_body', 'OpenAI broke its answer off (finish_reason error)');
  }
  const text = message.content || message.refusal || '';
  return {
    finish:
      message.refusal || reason === 'content_filter'
        ? 'refused'
        : reason === 'length'
          ? 'cut_off'
          : 'complete',
    served: { model: parsed.data?.model ?? null, tier: parsed.data?.service_tier ?? null },
    text,
    usage: readUsage(parsed.data?.usage, text),
  };
}

/** @returns null when the provider does not say, or says what cannot be: no text is free of tokens */
function readUsage(usage: unknown, text: string): Usage | null {
  const { data } = usageSchema.safeParse(usage);
  if (!data || (text !== '' && data.completion_tokens === 0)) return null;
  const { prompt_tokens: tokensIn, completion_tokens: tokensOut } = data;
  const cached = data.prompt_tokens_details?.cached_tokens ?? 0;
  const tokensCached = cached <= tokensIn ? cached : 0;
  const written = data.prompt_tokens_details?.cache_write_tokens;
  const reasoning = data.completion_tokens_details?.reasoning_tokens;
  return {
    tokensIn,
    tokensCached,
    // what is not told stays unknown; what cannot be counts as the whole
    ...(isNumber(written) && { tokensWritten: Math.min(written, tokensIn - tokensCached) }),
    tokensOut,
    ...(isNumber(reasoning) && { tokensReasoning: Math.min(reasoning, tokensOut) }),
  };
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number';
}
