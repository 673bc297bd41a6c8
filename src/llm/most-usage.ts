/** The most that a request may take. This much is reserved for it under limits and caps. */
import type { ModelSettings } from '../domain/product.ts';
import type { Usage } from '../domain/usage.ts';
import { profileOf } from './models/profile-of.ts';
import type { Prompt } from './prompt.ts';

/** English has about four characters per token; names, dates and JSON have fewer. */
const CHARACTERS_A_TOKEN = 3;
/** The schema of the answer and the frame around the messages. */
const FRAME_TOKENS = 200;

/**
 * Assumes that nothing is cached yet, and that all is written to the cache where the family bills that: it costs
 * more than plain input. What the model thinks is part of its most tokens.
 */
export function mostUsage(prompt: Prompt, model: Pick<ModelSettings, 'name' | 'maxTokens'>): Usage {
  const characters = prompt.system.length + prompt.user.length;
  const tokensIn = Math.ceil(characters / CHARACTERS_A_TOKEN) + FRAME_TOKENS;
  const tokensWritten = profileOf(model.name)?.cache === 'prefix' ? 0 : tokensIn;
  return { tokensIn, tokensCached: 0, tokensWritten, tokensOut: model.maxTokens };
}
