/** What a model call costs. Dollars per million tokens are millionths of a dollar per token. */
import type { ModelSettings } from '../domain/product.ts';
import type { Usage } from '../domain/usage.ts';

interface Price {
  in: number;
  cached: number;
  out: number;
  /** where and when the figures were read; change it together with them */
  source: string;
}

const JUNE_2026 = 'OpenAI price page of June 2026, read second-hand';
const OLDER =
  'OpenAI price page before June 2026, read second-hand; the June page no longer lists it';

const PRICES: Readonly<Record<string, Price>> = {
  'gpt-4o': { in: 2.5, cached: 1.25, out: 10, source: OLDER },
  'gpt-4o-mini': { in: 0.15, cached: 0.075, out: 0.6, source: OLDER },
  'gpt-5.4': { in: 2.5, cached: 0.25, out: 15, source: JUNE_2026 },
  'gpt-5.4-mini': { in: 0.75, cached: 0.075, out: 4.5, source: JUNE_2026 },
  'gpt-5.4-nano': { in: 0.2, cached: 0.02, out: 1.25, source: JUNE_2026 },
  'gpt-5.5': { in: 5, cached: 0.5, out: 30, source: JUNE_2026 },
};

// A model without a row costs the highest price we know: spending may be overstated, never hidden.
const DEAREST = Object.values(PRICES).reduce((a, b) => (b.out > a.out ? b : a));

/**
 * @returns millionths of a dollar, rounded up. `gpt-4o-2024-08-06` costs what `gpt-4o` costs;
 *   the flex tier costs half.
 */
export function costMicros(
  model: Pick<ModelSettings, 'name' | 'serviceTier'>,
  usage: Usage,
): number {
  const family = model.name.replace(/-\d{4}-\d{2}-\d{2}$/, '');
  const price = PRICES[family] ?? DEAREST;
  const full =
    (usage.tokensIn - usage.tokensCached) * price.in +
    usage.tokensCached * price.cached +
    usage.tokensOut * price.out;
  // the sum of decimal prices may end in …0001: cut that off before rounding up
  return Math.ceil(Number((model.serviceTier === 'flex' ? full / 2 : full).toFixed(6)));
}
