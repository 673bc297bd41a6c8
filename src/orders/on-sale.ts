/** What can be sold now: a product whose model lives until its reports are promised. */
import { AlmanacError } from '../domain/errors.ts';
import { endOfDay } from '../domain/model-day.ts';
import type { Bundle, ProductDefinition } from '../domain/product.ts';
import { type ModelDays, type ModelNeeds, modelDaysOf, readModelDays } from './model-days.ts';
import type { Needs } from './needs.ts';

/** @returns in words for customers why a product is not sold now; null: it is */
export function whyNotSold(
  definition: Pick<ProductDefinition, 'title' | 'model' | 'promisedMs'>,
  days: ModelDays,
  now: Date,
): string | null {
  const { title, model, promisedMs } = definition;
  if (days.goneSince(model.name) !== null) {
    return `${title} cannot be written at the moment: its provider no longer offers the model ${model.name}.`;
  }
  const lastDay = days.lastDay(model.name);
  if (lastDay === null) return null;
  if (now.getTime() + promisedMs < endOfDay(lastDay).getTime()) return null;
  return `${title} is not sold any more: it is written with the model ${model.name}, whose last day at its provider is ${lastDay}.`;
}

/** For a bundle the first reason of its parts. @returns null: it is sold */
export type WhyNotSold = (entry: ProductDefinition | Bundle) => string | null;

type OnSaleDeps = Pick<ModelNeeds, 'store'> & Needs<'catalogue' | 'log' | 'clock'>;

/** Asks the store now. @throws when it does not answer */
export async function readOnSale(deps: OnSaleDeps): Promise<WhyNotSold> {
  return reasonsFrom(await readModelDays(deps), deps);
}

/** For the catalogue, which must be readable without the store: then only this build's table counts. */
export async function readOnSaleAnyway(deps: OnSaleDeps): Promise<WhyNotSold> {
  try {
    return await readOnSale(deps);
  } catch (err) {
    deps.log.warn({ err }, "models' last days not read: the catalogue goes by the table alone");
    return reasonsFrom(modelDaysOf([], deps.catalogue), deps);
  }
}

function reasonsFrom(days: ModelDays, { catalogue, clock }: OnSaleDeps): WhyNotSold {
  const now = clock();
  return (entry) => {
    const parts = 'products' in entry ? entry.products.map((id) => catalogue.newest(id)) : [entry];
    return parts.map((part) => whyNotSold(part, days, now)).find((why) => why !== null) ?? null;
  };
}

/** @throws AlmanacError `product_unavailable` */
export function refuseUnsold(
  ids: readonly string[],
  catalogue: Pick<Needs<'catalogue'>['catalogue'], 'products' | 'bundles'>,
  whyNot: WhyNotSold,
): void {
  const wanted = [...catalogue.products, ...catalogue.bundles].filter(({ id }) => ids.includes(id));
  const reasons = wanted.map(whyNot).filter((why) => why !== null);
  if (reasons.length === 0) return;
  throw new AlmanacError(
    'product_unavailable',
    `${[...new Set(reasons)].join(' ')} Nothing was ordered or charged: choose another product, GET /v1/products says which are available.`,
  );
}
