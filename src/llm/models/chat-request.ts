/** A step's settings and prompt as the fields of a chat completion, in the way that the model's family takes them. */
import { NeedsOperator } from '../../domain/errors.ts';
import type { Effort, ModelSettings } from '../../domain/product.ts';
import type { Profile } from './profile.ts';
import { type Likes, profileOf } from './profile-of.ts';

export type Sampling = {
  max_tokens?: number;
  max_completion_tokens?: number;
  temperature?: number;
  reasoning_effort?: Effort;
  service_tier?: 'flex';
  prompt_cache_options?: { mode: 'explicit' };
};

/** Marks the end of what other requests share. */
export const BREAKPOINT = { mode: 'explicit' } as const;

/**
 * @returns the family's profile
 * @throws NeedsOperator `openai_model` for a model without one: start-up refuses it in a definition, but a
 *   stored report may name another
 */
export function knownProfile(model: ModelSettings, likes: Likes): Profile {
  const profile = profileOf(model.name, likes);
  if (profile !== null) return profile;
  throw new NeedsOperator(
    'openai_model',
    `${model.name} has no row in src/llm/models/table.ts: nobody knows which parameters it takes`,
  );
}

/** Sends a definition's settings as they are: `check-definitions.ts` has refused what the family does not take. */
export function samplingOf(model: ModelSettings, profile: Profile): Sampling {
  const { maxTokens, temperature, effort, serviceTier } = model;
  return {
    [profile.mostTokensField]: maxTokens,
    ...(temperature !== undefined && { temperature }),
    ...(effort !== undefined && { reasoning_effort: effort }),
    ...(serviceTier === 'flex' && { service_tier: 'flex' as const }),
    // without a mark of ours, it writes nothing: the provider's own mark would follow all that is different
    ...(profile.cache === 'breakpoint' && { prompt_cache_options: BREAKPOINT }),
  };
}

/**
 * @param shared characters of `user` that other requests begin with too
 * @returns the shared part and the rest where a mark is worth it; null: the message is one text
 */
export function markedParts(
  user: string,
  shared: number,
  profile: Profile,
): { shared: string; rest: string } | null {
  if (profile.cache !== 'breakpoint' || shared <= 0 || shared >= user.length) return null;
  return { shared: user.slice(0, shared), rest: user.slice(shared) };
}
