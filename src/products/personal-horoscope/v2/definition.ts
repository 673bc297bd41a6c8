/** The personal horoscope, version 2: version 1's questions, words and pages, asked as a graph of lanes. */
import type { ProductDefinition } from '../../../domain/product.ts';
import { personalHoroscopeV1 } from '../v1/definition.ts';
import { document } from './document.ts';
import { plan } from './plan.ts';

export const personalHoroscopeV2: ProductDefinition = {
  ...personalHoroscopeV1,
  version: 2,
  // without thinking first, as gpt-4o wrote: docs/decisions/models.md. The longest answers of the fullest step took
  // 11,859 tokens: docs/decisions/steps-graph.md
  model: { name: 'gpt-6-luna', maxTokens: 15_000, effort: 'none', serviceTier: 'default' },
  // the order's shape: one after another. With 12, one for each lane, the requests are the same
  width: 1,
  plan,
  document,
};
