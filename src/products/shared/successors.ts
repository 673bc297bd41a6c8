/** What open reports are finished with when the provider has ended the model that they were sold on. */
import type { ModelSettings } from '../../domain/product.ts';

/** @returns these models, in this order, with the same settings */
export function withSettingsOf(model: ModelSettings, ...names: string[]): readonly ModelSettings[] {
  return names.map((name) => ({ ...model, name }));
}

/** At effort none they take gpt-4o's temperature and room, and cost no more than it did. */
export const AFTER_GPT_4O: readonly ModelSettings[] = withSettingsOf(
  {
    name: 'gpt-6-sol',
    maxTokens: 12_000,
    temperature: 0.8,
    effort: 'none',
    serviceTier: 'default',
  },
  'gpt-6-sol',
  'gpt-5.6-terra',
  'gpt-6-luna',
);
