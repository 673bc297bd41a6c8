/** Reads the body of a chat completion from any SDK. */
import { z } from 'zod';
import type { ModelSettings } from '../domain/product.ts';
import type { ModelReply } from './caller.ts';
import { brokenBody } from './classify-fault.ts';

/** What we check in a 200: a proxy's page or half a body must not pass for an answer. */
const completionSchema = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  service_tier: z.string().nullish(),
  usage: z
    .object({
      prompt_tokens: z.number(),
      completion_tokens: z.number(),
      prompt_tokens_details: z.object({ cached_tokens: z.number().nullish() }).nullish(),
    })
    .nullish(),
});

/** @throws TransientFault `openai_body` when it is not a completion */
export function readCompletion(body: unknown): ModelReply {
  const parsed = completionSchema.safeParse(body);
  const choice = parsed.data?.choices[0];
  if (!choice) throw brokenBody();
  const { message, finish_reason: reason } = choice;
  const usage = parsed.data?.usage;
  return {
    finish:
      message.refusal || reason === 'content_filter'
        ? 'refused'
        : reason === 'length'
          ? 'cut_off'
          : 'complete',
    tier: parsed.data?.service_tier ? tierOf(parsed.data.service_tier) : undefined,
    text: message.content || message.refusal || '',
    usage: {
      tokensIn: usage?.prompt_tokens ?? 0,
      tokensCached: usage?.prompt_tokens_details?.cached_tokens ?? 0,
      tokensOut: usage?.completion_tokens ?? 0,
    },
  };
}

/** Flex is billed at half price. Any other tier is counted at the full price. */
function tierOf(name: string): ModelSettings['serviceTier'] {
  return name === 'flex' ? 'flex' : 'default';
}
