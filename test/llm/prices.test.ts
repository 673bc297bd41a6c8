import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createPrices } from '../../src/llm/prices.ts';
import { PRICES_READ } from '../../src/llm/prices-read.ts';

const { costMicros, knows } = createPrices();
const usage = { tokensIn: 3_000, tokensCached: 1_000, tokensWritten: 0, tokensOut: 10_000 };
const standard = (name: string) => ({ name, serviceTier: 'default' as const });

it.each([
  ['gpt-4o', 2_000 * 2.5 + 1_000 * 1.25 + 10_000 * 10],
  ['gpt-4o-2024-08-06', 2_000 * 2.5 + 1_000 * 1.25 + 10_000 * 10],
  ['gpt-4o-mini', 2_000 * 0.15 + 1_000 * 0.075 + 10_000 * 0.6],
  ['gpt-5.4', 2_000 * 2.5 + 1_000 * 0.25 + 10_000 * 15],
  ['gpt-5.5', 2_000 * 5 + 1_000 * 0.5 + 10_000 * 30],
  ['gpt-6-luna', 2_000 * 0.1 + 1_000 * 0.01 + 10_000 * 0.5],
  ['gpt-6-sol', 2_000 * 2 + 1_000 * 0.2 + 10_000 * 10],
  ['gpt-6-sol-2027-01-01', 2_000 * 2 + 1_000 * 0.2 + 10_000 * 10],
])('%s costs %d millionths of a dollar', (name, micros) => {
  expect(costMicros(standard(name), usage)).toBe(micros);
});

it('what is written to the cache costs a quarter more than plain input, where the family bills it', () => {
  const written = { ...usage, tokensWritten: 2_000 };
  const price = 2_000 * 2.5 + 1_000 * 0.2 + 10_000 * 10;
  expect(costMicros(standard('gpt-6-sol'), written)).toBe(price);
  expect(costMicros(standard('gpt-4o'), written)).toBe(costMicros(standard('gpt-4o'), usage));
});

it('where the provider does not say what it wrote, all that was not cached is booked as written', () => {
  const { tokensWritten, ...untold } = usage;
  const all = { ...usage, tokensWritten: 2_000 };
  for (const name of ['gpt-6-sol', 'gpt-4o']) {
    expect(costMicros(standard(name), untold)).toBe(costMicros(standard(name), all));
  }
});

it('reasoning is part of the output and is not paid for twice', () => {
  const thought = { ...usage, tokensReasoning: 9_000 };
  expect(costMicros(standard('gpt-6-sol'), thought)).toBe(costMicros(standard('gpt-6-sol'), usage));
});

it('above 272,000 input tokens a call costs twice its input and half as much again for its output', () => {
  const long = (tokensIn: number) => ({
    tokensIn,
    tokensCached: 0,
    tokensWritten: 0,
    tokensOut: 1_000,
  });
  expect(costMicros(standard('gpt-6-luna'), long(272_000))).toBe(27_200 + 500);
  expect(costMicros(standard('gpt-6-luna'), long(272_001))).toBe(54_401 + 750);
});

it.each([
  ['flex', 0.5],
  ['default', 1],
  ['priority', 2],
  ['ultrafast', 2],
])(
  'a call that was served in the tier %s costs %f of the standard price, whatever was asked for',
  (tier, part) => {
    const full = costMicros(standard('gpt-5.4'), usage);
    const served = { model: null, tier };
    expect(costMicros(standard('gpt-5.4'), usage, served)).toBe(full * part);
    expect(costMicros({ name: 'gpt-5.4', serviceTier: 'flex' }, usage, served)).toBe(full * part);
  },
);

it('a call whose tier is not told costs that of the tier asked for', () => {
  const full = costMicros(standard('gpt-5.4'), usage);
  const told = { model: null, tier: null };
  expect(costMicros({ name: 'gpt-5.4', serviceTier: 'flex' }, usage, told)).toBe(full / 2);
});

it('a call that may be answered in hours costs less: 30 % within 2 hours, 40 % within 8', () => {
  const full = costMicros(standard('gpt-6-sol'), usage);
  expect(costMicros({ ...standard('gpt-6-sol'), window: '2h' }, usage)).toBe(Math.ceil(full * 0.7));
  expect(costMicros({ ...standard('gpt-6-sol'), window: '8h' }, usage)).toBe(Math.ceil(full * 0.6));
});

it('a dearer model that answers in place of the one asked for is booked, a cheaper one is not', () => {
  const served = (model: string) => ({ model, tier: 'default' });
  const old = costMicros(standard('gpt-4o-2024-05-13'), usage);
  expect(costMicros(standard('gpt-4o'), usage, served('gpt-4o-2024-05-13'))).toBe(old);
  const full = costMicros(standard('gpt-4o'), usage);
  expect(costMicros(standard('gpt-4o'), usage, served('gpt-6-luna'))).toBe(full);
  expect(costMicros(standard('gpt-4o'), usage, served('nobody-knows-it'))).toBe(full);
});

it('counts a model without a price as the dearest of the families we know, so that no spending is hidden', () => {
  expect(knows('gpt-9')).toBe(false);
  expect(knows('gpt-4o-2024-08-06')).toBe(true);
  expect(costMicros(standard('gpt-9'), usage)).toBe(costMicros(standard('gpt-6-astra'), usage));
});

it('a price of config goes before the library’s, and makes a model known', () => {
  const own = createPrices({
    'gpt-4o': { in: 1, cached: 1, written: 1, out: 1 },
    'llama-9': { in: 0, cached: 0, written: 0, out: 0 },
  });
  expect(own.costMicros(standard('gpt-4o'), usage)).toBe(13_000);
  expect(own.knows('llama-9')).toBe(true);
  expect(own.costMicros(standard('llama-9'), usage)).toBe(0);
  // of the name alone: a snapshot keeps its own price
  expect(own.costMicros(standard('gpt-4o-mini'), usage)).toBe(
    costMicros(standard('gpt-4o-mini'), usage),
  );
});

it('rounds a fraction up', () => {
  const one = { tokensIn: 1, tokensCached: 0, tokensWritten: 0, tokensOut: 0 };
  expect(costMicros(standard('gpt-4o-mini'), one)).toBe(1);
});

it('the day of the prices belongs to the version of the library that is installed', () => {
  const manifest = new URL(
    '../../node_modules/@pydantic/genai-prices/package.json',
    import.meta.url,
  );
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  // after an update: write the new version, and the day on which it was published
  expect(PRICES_READ.version).toBe(version);
});
