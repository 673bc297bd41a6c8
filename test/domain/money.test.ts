import { expect, test } from 'vitest';
import { createCatalogue } from '../../src/domain/catalogue.ts';
import { flawsOfPrice, formatMoney } from '../../src/domain/money.ts';
import type { Price } from '../../src/domain/product.ts';
import { splitPrice } from '../../src/domain/split-price.ts';
import { catalogue } from '../../src/products/catalogue.ts';

test.each([
  [1_900, 'usd', '$19.00'],
  [1_900, 'jpy', '¥1,900'],
  [1_900, 'kwd', 'KWD 1.900'],
  [190_000, 'isk', 'ISK 1,900.00'],
  [190_000, 'lak', 'LAK 1,900.00'],
])('%i minor units of %s are written %s', (amount, currency, text) => {
  expect(formatMoney(amount, currency).replaceAll('\u00a0', ' ')).toBe(text);
});

function startWith(change: (id: string) => Partial<Price>, bundle: Partial<Price> = {}) {
  const definitions = catalogue.definitions.map((definition) => ({
    ...definition,
    price: { ...definition.price, ...change(definition.id) },
  }));
  const bundles = catalogue.bundles.map((each) => ({
    ...each,
    price: { ...each.price, ...bundle },
  }));
  return () => createCatalogue(definitions, bundles);
}

const only = (price: Partial<Price>) => (id: string) => (id === 'blueprint' ? price : {});

test.each<[what: string, start: () => unknown, line: RegExp]>([
  ['0', startWith(only({ amountMinor: 0 })), /blueprint\/v2\/definition\.ts.*amountMinor is 0/],
  ['below the least', startWith(only({ amountMinor: 49 })), /from 50 to 99999999/],
  ['not whole', startWith(only({ amountMinor: 19.5 })), /whole number/],
  ['above eight digits', startWith(only({ amountMinor: 100_000_000 })), /to 99999999/],
  ['in upper case', startWith(only({ currency: 'EUR' })), /currency is "EUR".*lower case/],
  [
    'mixed',
    startWith(only({ currency: 'eur' })),
    /blueprint is in eur, that of life-clarity in usd/,
  ],
  [
    'mixed with the bundle',
    startWith(() => ({}), { currency: 'eur' }),
    /catalogue\.ts.*bundle is in/,
  ],
  ['too high in sum', startWith(() => ({ amountMinor: 50_000_000 })), /together cost 150000000/],
])('prices that are %s are refused at start, with the line to correct', (_, start, line) => {
  expect(start).toThrow(line);
});

test('a price whose last digit Stripe does not take is refused', () => {
  expect(flawsOfPrice({ currency: 'kwd', amountMinor: 1_905 })).toEqual([
    expect.stringContaining('multiples of 10'),
  ]);
  expect(flawsOfPrice({ currency: 'kwd', amountMinor: 1_900 })).toEqual([]);
});

test('shares of a bundle can each be paid back alone, in steps of its currency', () => {
  expect(splitPrice(4_900, [900, 1_900, 3_900], 10)).toEqual([660, 1_390, 2_850]);
});
