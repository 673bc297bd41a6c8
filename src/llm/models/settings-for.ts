/** A product's settings for another model: what that model's family takes of them, at its cheapest effort. */
import type { ModelSettings } from '../../domain/product.ts';
import { type Likes, profileOf } from './profile-of.ts';

/** @returns the settings with only the name changed for a model that nobody has described: it is refused later */
export function settingsFor(name: string, settings: ModelSettings, likes: Likes): ModelSettings {
  const profile = profileOf(name, likes);
  if (profile === null) return { ...settings, name };
  const { maxTokens, temperature, serviceTier } = settings;
  const [effort] = profile.efforts;
  return {
    name,
    maxTokens: Math.min(maxTokens, profile.outputTokens),
    ...(profile.temperature === 'any' && temperature !== undefined && { temperature }),
    ...(effort !== undefined && { effort }),
    serviceTier: profile.tiers.includes(serviceTier) ? serviceTier : 'default',
  };
}
