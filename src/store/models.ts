/** What the provider says of models: one row each. */
import type { ModelRow, ModelStore } from '../domain/model-day.ts';
import type { Collection } from './collection.ts';

export function createModelStore({ models }: { models: Collection<ModelRow> }): ModelStore {
  /** The first writer makes the row, every other changes it. */
  async function write(row: ModelRow, set: Partial<ModelRow>): Promise<void> {
    if (await models.insert(row)) return;
    await models.update({ name: row.name }, { set });
  }

  return {
    all: () => models.find({}, ['name']),
    async lives(name, lastDay, now) {
      const seen = { askedAt: now.toISOString(), goneAt: null };
      await write({ name, lastDay: lastDay ?? null, ...seen }, { lastDay, ...seen });
    },
    async isGone(name, now) {
      const askedAt = now.toISOString();
      const row = { name, lastDay: null, askedAt, goneAt: askedAt };
      if (await models.insert(row)) return;
      await models.update({ name, goneAt: null }, { set: { goneAt: askedAt } });
      await models.update({ name }, { set: { askedAt } });
    },
  };
}
