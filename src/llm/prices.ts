/** What a model call costs: the prices of a kept library's data, with the discount of tier and window on top. */
import { calcPrice, type Provider } from '@pydantic/genai-prices';
import type { Served } from '../domain/model-call.ts';
import type { ModelSettings } from '../domain/product.ts';
import type { Usage } from '../domain/usage.ts';
import { NO_OWN_MODELS, type OwnModels, type OwnPrice } from './models/own-models.ts';
import type { CompletionWindow } from './models/profile.ts';
import { familyOf } from './models/profile-of.ts';
import { PROFILES } from './models/table.ts';

/** Of the standard price. A tier that we do not know is booked at the dearest of these. */
const TIERS: Readonly<Record<string, number>> = {
  default: 1,
  auto: 1,
  scale: 1,
  standard: 1,
  flex: 0.5,
  priority: 2,
  fast: 2,
};
const DEAREST_TIER = Math.max(...Object.values(TIERS));
const WINDOWS: Readonly<Record<CompletionWindow, number>> = { soonest: 1, '2h': 0.7, '8h': 0.6 };

export type Priced = Pick<ModelSettings, 'name' | 'serviceTier'> & { window?: CompletionWindow };

/**
 * @param served what the provider says it answered with: its tier counts, and its model where that is dearer
 * @returns millionths of a dollar, rounded up
 */
export type CostMicros = (model: Priced, usage: Usage, served?: Served) => number;

export interface Prices {
  costMicros: CostMicros;
  /** @returns whether a price of the model is known; else it is booked at the dearest of the table's families */
  knows(modelName: string): boolean;
}

/** Makes the dollars of a call in the standard tier from its tokens. */
type Tariff = (usage: Usage) => number;

/** @param own prices of config; they go before the library's */
export function createPrices(own: OwnModels['prices'] = NO_OWN_MODELS.prices): Prices {
  const tariffs = new Map<string, Tariff | null>();

  function tariffOf(name: string): Tariff | null {
    const known = tariffs.get(name);
    if (known !== undefined) return known;
    const price = Object.hasOwn(own, name) ? own[name] : undefined;
    const tariff = price
      ? ownTariff(price)
      : (libraryTariff(name) ?? libraryTariff(familyOf(name)));
    if (tariffs.size >= MOST_TARIFFS) tariffs.clear();
    tariffs.set(name, tariff);
    return tariff;
  }

  return {
    knows: (name) => tariffOf(name) !== null,
    costMicros({ name, serviceTier, window = 'soonest' }, usage, served) {
      const asked = tariffOf(name)?.(usage) ?? dearestOf(usage);
      const other = served?.model ? (tariffOf(served.model)?.(usage) ?? 0) : 0;
      const dollars = Object.hasOwn(own, name) ? asked : Math.max(asked, other);
      const tier = TIERS[served?.tier ?? serviceTier] ?? DEAREST_TIER;
      // the sum of decimal prices may end in …0001: cut that off before rounding up
      return Math.ceil(Number((dollars * 1e6 * tier * WINDOWS[window]).toFixed(6)));
    },
  };
}

let families: Tariff[] | undefined;

function dearestOf(usage: Usage): number {
  families ??= PROFILES.map(({ family }) => libraryTariff(family)).filter((each) => each !== null);
  return Math.max(...families.map((tariff) => tariff(usage)));
}

/** Names that a process remembers: the products' models, and what the provider calls them. */
const MOST_TARIFFS = 1_000;

/** With what is in the package alone: it fetches nothing. */
function libraryTariff(name: string): Tariff | null {
  const found = calcPrice({ input_tokens: 0, output_tokens: 0 }, name, { providerId: 'openai' });
  if (found === null) return null;
  // looked up once: a provider with this one model, so that a price by date still counts
  const provider: Provider = { ...found.provider, models: [found.model] };
  return (usage) =>
    calcPrice(
      {
        input_tokens: usage.tokensIn,
        cache_read_tokens: usage.tokensCached,
        cache_write_tokens: writtenAtMost(usage),
        output_tokens: usage.tokensOut,
      },
      name,
      { provider },
    )?.total_price ?? Number.NaN;
}

function ownTariff(price: OwnPrice): Tariff {
  return (usage) => {
    const { tokensIn, tokensCached, tokensOut } = usage;
    const written = writtenAtMost(usage);
    const input = (tokensIn - tokensCached - written) * price.in;
    const cache = tokensCached * price.cached + written * price.written;
    return (input + cache + tokensOut * price.out) / 1e6;
  };
}

/** Where the provider does not say, all that it had not cached: the dearest. Most families write for nothing. */
function writtenAtMost({ tokensIn, tokensCached, tokensWritten }: Usage): number {
  return tokensWritten ?? tokensIn - tokensCached;
}
