/** What open reports are finished with when the provider has ended the model that they were sold on. */
import type { ModelSettings } from '../../domain/product.ts';

/** At effort none they take gpt-4o's temperature and room, and cost no more than it did. */
export const AFTER_GPT_4O: readonly ModelSettings[] = [
  'gpt-6-sol',
  'gpt-5.6-terra',
  'gpt-6-luna',
].map((name) => ({
  name,
  maxTokens: 12_000,
  temperature: 0.8,
  effort: 'none',
  serviceTier: 'default',
}));

/** Its elder sister and the family before it, with the settings of the definition. */
export function afterLuna(model: ModelSettings): readonly ModelSettings[] {
  return ['gpt-6-sol', 'gpt-5.6-luna', 'gpt-5.6-terra'].map((name) => ({ ...model, name }));
}
