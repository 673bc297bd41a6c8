import { expect, test } from 'vitest';
import { shuffle } from '../../bench/payments.ts';

test('shuffled, repeated and lost events, and killed API processes: one set of reports a paid order', async () => {
  const books = await shuffle({ orders: 24, kills: 3, seed: 11 });
  expect(books.paid + books.unpaid).toBe(24);
  expect(books.paid).toBeGreaterThan(0);
  expect(books.unpaid).toBeGreaterThan(0);
  expect(books.storeMinor).toBe(books.stripeMinor);
}, 120_000);
