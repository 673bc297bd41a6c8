/** The most that a request may take: what is reserved for it under limits and caps. */
import type { ModelSettings } from '../domain/product.ts';
import type { Usage } from '../domain/usage.ts';
import type { Prompt } from './prompt.ts';

/** English has some four characters a token; names, dates and JSON have fewer. */
const CHARACTERS_A_TOKEN = 3;
/** The answer's schema and the frame of the messages. */
const FRAME_TOKENS = 200;

/** Nothing is taken as cached. */
export function mostUsage(prompt: Prompt, model: Pick<ModelSettings, 'maxTokens'>): Usage {
  const characters = prompt.system.length + prompt.user.length;
  return {
    tokensIn: Math.ceil(characters / CHARACTERS_A_TOKEN) + FRAME_TOKENS,
    tokensCached: 0,
    tokensOut: model.maxTokens,
  };
}
