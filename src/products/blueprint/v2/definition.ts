/** The blueprint, version 2: version 1's questions, words and pages, written by a current model. */
import type { ModelSettings, ProductDefinition } from '../../../domain/product.ts';
import { withSettingsOf } from '../../shared/successors.ts';
import { blueprintV1 } from '../v1/definition.ts';

// without thinking first, as gpt-4o wrote: docs/decisions/models.md
const MODEL: ModelSettings = {
  name: 'gpt-6-sol',
  maxTokens: 12_000,
  effort: 'none',
  serviceTier: 'default',
};

export const blueprintV2: ProductDefinition = {
  ...blueprintV1,
  version: 2,
  model: MODEL,
  successors: withSettingsOf(MODEL, 'gpt-5.6-terra', 'gpt-6-luna'),
};
