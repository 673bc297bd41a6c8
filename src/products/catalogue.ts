/** What Almanac sells. A new product is a new folder here and one line in this file. */
import { createCatalogue } from '../domain/catalogue.ts';
import type { ProductDefinition } from '../domain/product.ts';
import { blueprintV1 } from './blueprint/v1/definition.ts';
import { blueprintV2 } from './blueprint/v2/definition.ts';
import { lifeClarityV1 } from './life-clarity/v1/definition.ts';
import { lifeClarityV2 } from './life-clarity/v2/definition.ts';
import { personalHoroscopeV1 } from './personal-horoscope/v1/definition.ts';
import { personalHoroscopeV2 } from './personal-horoscope/v2/definition.ts';

/** Every version that open reports may still need; the newest of each is sold. Remove an old one when its last report has settled. */
const DEFINITIONS: readonly ProductDefinition[] = [
  lifeClarityV1,
  lifeClarityV2,
  blueprintV1,
  blueprintV2,
  personalHoroscopeV1,
  personalHoroscopeV2,
];

export const catalogue = createCatalogue(DEFINITIONS, [
  {
    id: 'bundle',
    title: 'The Almanac Bundle',
    summary: 'Life Clarity, Blueprint and Personal Horoscope together, at a lower price.',
    price: { currency: 'usd', amountMinor: 4_900 },
    products: ['life-clarity', 'blueprint', 'personal-horoscope'],
  },
]);
