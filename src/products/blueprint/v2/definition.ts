/** The blueprint, version 2: version 1's questions, words and pages, written by a current model. */
import type { ProductDefinition } from '../../../domain/product.ts';
import { blueprintV1 } from '../v1/definition.ts';

export const blueprintV2: ProductDefinition = {
  ...blueprintV1,
  version: 2,
  // without thinking first, as gpt-4o wrote: docs/decisions/models.md
  model: { name: 'gpt-6-sol', maxTokens: 12_000, effort: 'none', serviceTier: 'default' },
};
