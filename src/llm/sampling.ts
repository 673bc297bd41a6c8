/** A model's settings as the fields of a chat completion request. */
import type { ModelSettings } from '../domain/product.ts';
import { profileOf } from './models/profile-of.ts';

export type Sampling = {
  max_tokens?: number;
  max_completion_tokens?: number;
  temperature?: number;
  service_tier?: 'flex';
};

/** Reasoning models refuse `max_tokens`, and any temperature but their own. */
export function sampling(model: ModelSettings): Sampling {
  const chat = profileOf(model.name)?.mostTokensField === 'max_tokens';
  return {
    ...(chat
      ? { max_tokens: model.maxTokens, temperature: model.temperature }
      : { max_completion_tokens: model.maxTokens }),
    ...(model.serviceTier === 'flex' ? { service_tier: 'flex' as const } : {}),
  };
}
