/** What reports that were sold on gpt-4o are finished with when the provider has ended it. */
import type { ModelSettings } from '../../domain/product.ts';

const SETTINGS = {
  maxTokens: 12_000,
  temperature: 0.8,
  effort: 'none',
  serviceTier: 'default',
} as const;

/** At effort none they take gpt-4o's temperature and room, and write at its price or below. */
export const AFTER_GPT_4O: readonly ModelSettings[] = [
  { name: 'gpt-6-sol', ...SETTINGS },
  { name: 'gpt-5.6-terra', ...SETTINGS },
];
