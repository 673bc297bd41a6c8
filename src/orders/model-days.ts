/** What is known of the models that products are pinned to: the provider's word beside this build's table. */
import type { Catalogue } from '../domain/catalogue.ts';
import { endOfDay, type ModelRow } from '../domain/model-day.ts';
import type { Store } from '../domain/ports/store.ts';
import type { ModelSettings, ProductDefinition } from '../domain/product.ts';
import type { Report } from '../domain/report.ts';

export interface ModelDays {
  /** the earlier of the two dates, `2027-01-14`; null: neither names one */
  lastDay(model: string): string | null;
  /** since when the provider says that it has no such model; null: it has it, or was not asked yet */
  goneSince(model: string): string | null;
  /** when the provider last said anything about it; null: never */
  askedAt(model: string): string | null;
}

export interface ModelNeeds {
  store: Pick<Store, 'models'>;
  catalogue: Pick<Catalogue, 'knownLastDay'>;
}

/** @throws when the store does not answer */
export async function readModelDays({ store, catalogue }: ModelNeeds): Promise<ModelDays> {
  return modelDaysOf(await store.models.all(), catalogue);
}

/** @param rows none: only the table counts */
export function modelDaysOf(
  rows: readonly ModelRow[],
  { knownLastDay }: ModelNeeds['catalogue'],
): ModelDays {
  const row = new Map(rows.map((each) => [each.name, each]));
  return {
    lastDay(model) {
      const days = [knownLastDay(model), row.get(model)?.lastDay].filter((day) => day != null);
      return days.toSorted()[0] ?? null;
    },
    goneSince: (model) => row.get(model)?.goneAt ?? null,
    askedAt: (model) => row.get(model)?.askedAt ?? null,
  };
}

/** Whether a new call may be sent to this model, as far as it is known. */
export function mayAnswer(days: ModelDays, model: string, now: Date): boolean {
  const lastDay = days.lastDay(model);
  if (days.goneSince(model) !== null) return false;
  return lastDay === null || now < endOfDay(lastDay);
}

/**
 * The settings that a report's missing steps are asked with: its successor's, else those that it was paid with.
 * A successor that its definition no longer names does not count.
 */
export function settingsOf(
  report: Pick<Report, 'model' | 'successor'>,
  { model, successors }: Pick<ProductDefinition, 'model' | 'successors'>,
): ModelSettings {
  const successor = successors.find(({ name }) => name === report.successor);
  return successor ?? { ...model, name: report.model };
}

/**
 * The next model that a report continues with by itself once the provider has refused the one that it has. Never one
 * that it had before: a provider that lists a model and refuses its calls must not send a report round and round.
 * @returns null: none of its definition's lives
 */
export function nextModel(
  report: Pick<Report, 'model' | 'successor'>,
  definition: Pick<ProductDefinition, 'model' | 'successors'>,
  days: ModelDays,
  now: Date,
): ModelSettings | null {
  const { name: had } = settingsOf(report, definition);
  const place = definition.successors.findIndex(({ name }) => name === had);
  const later = definition.successors.slice(place + 1).filter(({ name }) => name !== had);
  return later.find(({ name }) => mayAnswer(days, name, now)) ?? null;
}

/**
 * The model that an operator's release lets a report continue with: of its own and all successors the first that lives.
 * The one that was refused lives if the provider has named it since.
 * @param refusedAt ISO 8601 @returns null: none lives
 */
export function livingModel(
  report: Pick<Report, 'model' | 'successor'>,
  definition: Pick<ProductDefinition, 'model' | 'successors'>,
  refusedAt: string,
  days: ModelDays,
  now: Date,
): ModelSettings | null {
  const refused = settingsOf(report, definition).name;
  const all = [{ ...definition.model, name: report.model }, ...definition.successors];
  const lives = ({ name }: ModelSettings): boolean =>
    mayAnswer(days, name, now) && (name !== refused || (days.askedAt(name) ?? '') > refusedAt);
  return all.find(lives) ?? null;
}
