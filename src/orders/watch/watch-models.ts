/** Tells operators of models that end, that have ended, and of which nothing was heard. */
import { endOfDay } from '../../domain/model-day.ts';
import type { ProductDefinition } from '../../domain/product.ts';
import { CLAIMABLE } from '../../domain/transitions.ts';
import { type Finding, keepAlarms } from '../letters/keep-alarms.ts';
import { type ModelDays, mayAnswer, readModelDays } from '../model-days.ts';
import type { Needs } from '../needs.ts';
import type { WhyNotSold } from '../on-sale.ts';
import { readOnSale } from '../on-sale.ts';

const DAY_MS = 86_400_000;
/** An operator is told when so many days are left, once each. */
const TOLD_DAYS = [7, 30, 90] as const;

type Deps = Needs<'store' | 'catalogue' | 'timings' | 'log' | 'clock'>;

/** A model and what is written with it: products on sale, and old versions with open reports. */
interface Used {
  model: string;
  by: ProductDefinition[];
}

/** One process at a time. */
export function createWatchModels(deps: Deps): () => Promise<void> {
  return async () => {
    const days = await readModelDays(deps);
    const used = await modelsInUse(deps, days);
    await keepAlarms(deps, 'models', [
      ...used.flatMap((each) => ending(each, days, deps.clock())),
      ...used.flatMap((each) => gone(each, days, deps.clock())),
      ...unsold(deps, await readOnSale(deps)),
      ...unheard(deps, days),
    ]);
  };
}

/** Old versions are looked up only if their model ends: there are few, and listing reports is dear. */
async function modelsInUse(
  { store, catalogue }: Pick<Deps, 'store' | 'catalogue'>,
  days: ModelDays,
): Promise<Used[]> {
  const used = new Map<string, ProductDefinition[]>();
  for (const definition of catalogue.definitions) {
    const { name } = definition.model;
    const ends = days.lastDay(name) !== null || days.goneSince(name) !== null;
    if (!ends) continue;
    if (catalogue.products.includes(definition) || (await hasOpen(store, definition))) {
      used.set(name, [...(used.get(name) ?? []), definition]);
    }
  }
  return [...used].map(([model, by]) => ({ model, by }));
}

async function hasOpen(
  store: Pick<Deps['store'], 'reports'>,
  { id, version }: ProductDefinition,
): Promise<boolean> {
  for await (const report of store.reports.inStates([...CLAIMABLE, 'held'])) {
    if (report.productId === id && report.version === version) return true;
  }
  return false;
}

/** The nearest of the thresholds comes first, and the others are told with it. */
function ending({ model, by }: Used, days: ModelDays, now: Date): Finding[] {
  const lastDay = days.lastDay(model);
  if (lastDay === null || days.goneSince(model) !== null) return [];
  const end = endOfDay(lastDay).getTime();
  const leftMs = end - now.getTime();
  const passed = TOLD_DAYS.filter((count) => leftMs <= count * DAY_MS);
  const [nearest] = passed;
  const left = Math.max(0, Math.floor(leftMs / DAY_MS));
  return passed.map((count) => ({
    cause: `model-ends-${model}-${count}`,
    since: new Date(end - count * DAY_MS),
    afterMs: 0,
    endsSilently: true,
    ...(count !== nearest && { besides: `model-ends-${model}-${nearest}` }),
    note: () =>
      `a model ends: ${model}, last day ${lastDay}\n${left} days are left. Written with it: ${titlesOf(by)}.\n${afterwards(by, days, now)}\nWhat to do: docs/operations.md, "A model ends". All models: almanac models`,
  }));
}

function gone({ model, by }: Used, days: ModelDays, now: Date): Finding[] {
  const since = days.goneSince(model);
  if (since === null) return [];
  return [
    {
      cause: `model-gone-${model}`,
      since: new Date(since),
      afterMs: 0,
      endsSilently: true,
      note: () =>
        `the provider no longer has a model: ${model}\nWritten with it: ${titlesOf(by)}. It is asked again every ten minutes.\n${afterwards(by, days, now)}\nIf the key may not use the model, allow it. Else see docs/operations.md, "A model ends".`,
    },
  ];
}

/** What becomes of open reports and of sales, in words. */
function afterwards(by: readonly ProductDefinition[], days: ModelDays, now: Date): string {
  return by
    .map(({ id, version, successors }) => {
      const next = successors.find(({ name }) => mayAnswer(days, name, now));
      const open =
        next === undefined
          ? 'open reports will be held: no successor is named that lives'
          : `open reports continue with ${next.name} by themselves`;
      return `${id} v${version}: ${open}`;
    })
    .join('; ')
    .concat('.');
}

function unsold({ catalogue }: Pick<Deps, 'catalogue'>, whyNotSold: WhyNotSold): Finding[] {
  return [...catalogue.products, ...catalogue.bundles].flatMap((entry) => {
    const why = whyNotSold(entry);
    if (why === null) return [];
    const note = () =>
      `not sold any more: ${entry.id}\n${why}\nOrders for it are refused. Deploy a version with another model: docs/operations.md, "A model ends".`;
    return [{ cause: `not-sold-${entry.id}`, since: null, afterMs: 0, note }];
  });
}

/** Models of products on sale that nobody has said anything of for three days. */
function unheard({ catalogue, timings }: Pick<Deps, 'catalogue' | 'timings'>, days: ModelDays) {
  const names = new Set(catalogue.products.map(({ model }) => model.name));
  return [...names].map((model): Finding => {
    const askedAt = days.askedAt(model);
    return {
      cause: `model-unheard-${model}`,
      since: askedAt === null ? null : new Date(askedAt),
      afterMs: timings.modelStale,
      note: () =>
        `nothing was heard of a model for three days: ${model}\n${askedAt === null ? 'The provider was never asked' : `The provider last answered at ${askedAt}`}, so it is not known whether it ends. Workers that write reports ask it every day: look in their log ("not known whether the provider has this model").`,
    };
  });
}

function titlesOf(by: readonly ProductDefinition[]): string {
  return by.map(({ id, version }) => `${id} v${version}`).join(', ');
}
