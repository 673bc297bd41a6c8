/** What the provider says of models, as the store keeps it. */
import { expect, it } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import type { Store } from '../../src/domain/ports/store.ts';

const NOW = new Date('2026-03-01T13:00:00.000Z');
const later = (ms: number): Date => new Date(NOW.getTime() + ms);
const at = (ms: number): string => later(ms).toISOString();

export function describeModels(current: () => Store): void {
  const rowOf = async (name: string) =>
    (await current().models.all()).find((each) => each.name === name);

  it("keeps one row for each model, with the provider's last word", async () => {
    const { models } = current();
    const name = newId('model');
    expect(await rowOf(name)).toBeUndefined();
    await Promise.all(Array.from({ length: 5 }, () => models.lives(name, '2027-01-14', NOW)));
    expect(await rowOf(name)).toEqual({
      name,
      lastDay: '2027-01-14',
      askedAt: at(0),
      goneAt: null,
    });
    await models.lives(name, '2027-02-14', later(1));
    expect(await rowOf(name)).toMatchObject({ lastDay: '2027-02-14', askedAt: at(1) });
    await models.lives(name, null, later(2));
    expect(await rowOf(name)).toMatchObject({ lastDay: null, askedAt: at(2) });
  });

  it('keeps the last day that was told when an answer says nothing of it', async () => {
    const { models } = current();
    const name = newId('model');
    await models.lives(name, undefined, NOW);
    expect(await rowOf(name)).toMatchObject({ lastDay: null, askedAt: at(0) });
    await models.lives(name, '2027-01-14', later(1));
    await models.lives(name, undefined, later(2));
    expect(await rowOf(name)).toMatchObject({ lastDay: '2027-01-14', askedAt: at(2) });
  });

  it('keeps since when a model is gone, until the provider has it again', async () => {
    const { models } = current();
    const [name, unknown] = [newId('model'), newId('model')];
    await models.lives(name, '2027-01-14', NOW);
    await models.isGone(name, later(1));
    await Promise.all([models.isGone(name, later(2)), models.isGone(name, later(2))]);
    expect(await rowOf(name)).toMatchObject({
      lastDay: '2027-01-14',
      goneAt: at(1),
      askedAt: at(2),
    });
    await models.lives(name, null, later(3));
    expect(await rowOf(name)).toMatchObject({ goneAt: null });
    await models.isGone(unknown, NOW);
    expect(await rowOf(unknown)).toMatchObject({ goneAt: at(0), lastDay: null });
  });
}
