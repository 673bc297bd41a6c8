/** Which products are sold near the last day of their model. */
import pino from 'pino';
import { expect, test } from 'vitest';
import { createCatalogue } from '../../src/domain/catalogue.ts';
import { TransientFault } from '../../src/domain/errors.ts';
import type { ModelRow, ModelStore } from '../../src/domain/model-day.ts';
import type { ProductDefinition } from '../../src/domain/product.ts';
import { readOnSaleAnyway } from '../../src/orders/on-sale.ts';
import { sampleDefinition } from '../workers/sample.ts';

const HOUR = 3_600_000;
const short = sampleDefinition({ id: 'blueprint', promisedMs: HOUR / 6 });
const long = sampleDefinition({ id: 'personal-horoscope', promisedMs: 6 * HOUR });
const other = sampleDefinition({
  id: 'life-clarity',
  model: { ...short.model, name: 'gpt-6-luna' },
});
const bundle = { ...other, id: 'bundle', products: ['life-clarity', 'personal-horoscope'] };

interface Known {
  table?: Record<string, string>;
  rows?: Partial<ModelRow>[];
  storeAway?: boolean;
}

/** @returns ids of what is sold at a time */
async function soldAt(at: string, { table = {}, rows = [], storeAway }: Known): Promise<string[]> {
  const definitions: ProductDefinition[] = [short, long, other];
  const catalogue = createCatalogue(definitions, [bundle], (name) => table[name] ?? null);
  const models = {
    async all() {
      if (storeAway) throw new TransientFault('store_unavailable', 'away');
      const row = { name: 'gpt-4o', lastDay: null, goneAt: null, askedAt: at };
      return rows.map((each) => ({ ...row, ...each }));
    },
  } as ModelStore;
  const log = pino({ level: 'silent' });
  const clock = () => new Date(at);
  const whyNot = await readOnSaleAnyway({ store: { models }, catalogue, log, clock });
  return [...definitions, bundle].filter((each) => whyNot(each) === null).map(({ id }) => id);
}

const ALL = ['blueprint', 'personal-horoscope', 'life-clarity', 'bundle'];
const table = { 'gpt-4o': '2027-01-14' };

test('a product is sold until its promised delivery lies past the last day of its model, and a bundle with it', async () => {
  expect(await soldAt('2027-01-14T17:59:00Z', { table })).toEqual(ALL);
  expect(await soldAt('2027-01-14T18:00:00Z', { table })).toEqual(['blueprint', 'life-clarity']);
  expect(await soldAt('2027-01-14T23:49:00Z', { table })).toEqual(['blueprint', 'life-clarity']);
  expect(await soldAt('2027-01-14T23:50:00Z', { table })).toEqual(['life-clarity']);
  expect(await soldAt('2027-02-01T00:00:00Z', { table })).toEqual(['life-clarity']);
});

test.each([
  ['the provider names', '2027-01-10', '2027-01-14'],
  ['this build knows', '2027-01-14', '2027-01-10'],
])('the earlier day counts: the one that %s', async (_, told, known) => {
  const days = { rows: [{ lastDay: told }], table: { 'gpt-4o': known } };
  expect(await soldAt('2027-01-10T12:00:00Z', days)).toEqual(ALL);
  expect(await soldAt('2027-01-11T00:00:00Z', days)).toEqual(['life-clarity']);
});

test('a model of which no end is known is sold: by nobody, by the provider, or by either', async () => {
  expect(await soldAt('2027-02-01T00:00:00Z', {})).toEqual(ALL);
  expect(await soldAt('2027-02-01T00:00:00Z', { rows: [{ lastDay: null }] })).toEqual(ALL);
  expect(await soldAt('2027-02-01T00:00:00Z', { table, rows: [{ lastDay: null }] })).toEqual([
    'life-clarity',
  ]);
});

test('a product whose model the provider no longer has is not sold, whatever its last day', async () => {
  const rows = [{ lastDay: '2027-06-01', goneAt: '2026-11-28T00:00:00Z' }];
  expect(await soldAt('2026-11-28T12:00:00Z', { rows })).toEqual(['life-clarity']);
});

test('the catalogue goes by what this build knows while the store is away', async () => {
  const days = { table, rows: [{ lastDay: '2026-01-01' }], storeAway: true };
  expect(await soldAt('2026-11-28T12:00:00Z', days)).toEqual(ALL);
  expect(await soldAt('2027-02-01T00:00:00Z', days)).toEqual(['life-clarity']);
});
