/** The table of `almanac models`: what each version is written with, until when, and for how much. */
import type { ProductDefinition } from '../../src/domain/product.ts';
import { type CostMicros, createPrices } from '../../src/llm/prices.ts';
import type { House } from '../../src/open-house.ts';
import { type ModelDays, mayAnswer, readModelDays } from '../../src/orders/model-days.ts';
import { whyNotSold } from '../../src/orders/on-sale.ts';
import { tableText } from '../sky/table.ts';
import { usageOfReport } from './report-cost.ts';

const HEADER = ['Product', 'Version', 'Sold', 'Model', 'Last day', 'Asked', 'Then', 'Dollars'];

export async function modelsText(
  house: Pick<House, 'store' | 'catalogue' | 'clock' | 'config'>,
): Promise<string> {
  const { catalogue, clock } = house;
  const days = await readModelDays(house);
  const now = clock();
  const { costMicros } = createPrices(house.config.models.prices);
  const rows = catalogue.definitions.map((definition) => {
    const { id, version, model, successors } = definition;
    const newest = catalogue.products.includes(definition);
    const then = successors.find(({ name }) => mayAnswer(days, name, now));
    return [
      id,
      `v${version}`,
      newest && whyNotSold(definition, days, now) === null ? 'yes' : 'no',
      model.name,
      endText(model.name, days),
      days.askedAt(model.name)?.slice(0, 16).replace('T', ' ') ?? 'never',
      then?.name ?? 'none',
      dollarsOf(definition, costMicros),
    ];
  });
  return tableText([HEADER, ...rows], [HEADER.length - 1]);
}

function endText(model: string, days: ModelDays): string {
  const gone = days.goneSince(model);
  if (gone !== null) return `gone since ${gone.slice(0, 10)}`;
  return days.lastDay(model) ?? 'unknown';
}

function dollarsOf(definition: ProductDefinition, costMicros: CostMicros): string {
  const micros = usageOfReport(definition).map((usage) => costMicros(definition.model, usage));
  return (micros.reduce((sum, each) => sum + each, 0) / 1e6).toFixed(2);
}
