/** The personal horoscope, version 2: version 1's questions, words and pages, asked as a graph of lanes. */
import type { ModelSettings, ProductDefinition } from '../../../domain/product.ts';
import { withSettingsOf } from '../../shared/successors.ts';
import { personalHoroscopeV1 } from '../v1/definition.ts';
import { document } from './document.ts';
import { plan } from './plan.ts';

// without thinking first, as gpt-4o wrote: docs/decisions/models.md. The longest answers of the fullest step took
// 11,859 tokens: docs/decisions/steps-graph.md
const MODEL: ModelSettings = {
  name: 'gpt-6-luna',
  maxTokens: 15_000,
  effort: 'none',
  serviceTier: 'default',
};

export const personalHoroscopeV2: ProductDefinition = {
  ...personalHoroscopeV1,
  version: 2,
  model: MODEL,
  successors: withSettingsOf(MODEL, 'gpt-6-sol', 'gpt-5.6-luna', 'gpt-5.6-terra'),
  // the order's shape: one after another. With 12, one for each lane, the requests are the same
  width: 1,
  plan,
  document,
};
