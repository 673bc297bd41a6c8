/** A model's settings as the fields of a chat completion request. */
import type { ModelSettings } from '../domain/product.ts';

export type Sampling = {
  max_tokens?: number;
  max_completion_tokens?: number;
  temperature?: number;
  service_tier?: 'flex';
};

/** Reasoning models refuse `max_tokens`, and any temperature but their own. */
export function sampling(model: ModelSettings): Sampling {
  const reasoning = /^(gpt-5|o\d)/.test(model.name);
  return {
    ...(reasoning
      ? { max_completion_tokens: model.maxTokens }
      : { max_tokens: model.maxTokens, temperature: model.temperature }),
    ...(model.serviceTier === 'flex' ? { service_tier: 'flex' as const } : {}),
  };
}
