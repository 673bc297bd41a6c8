import { expect, test } from 'vitest';
import { KILL_POINTS } from '../../bench/payments/kill-points.ts';
import { shuffle } from '../../bench/payments.ts';

test('shuffled, repeated and lost events, API processes killed behind every write of a payment: one set of reports and jobs a paid order', async () => {
  const books = await shuffle({ orders: 24, kills: KILL_POINTS.length, seed: 11 });
  expect(books.paid + books.unpaid).toBe(24);
  expect(books.paid).toBeGreaterThan(0);
  expect(books.unpaid).toBeGreaterThan(0);
  expect(books.storeMinor).toBe(books.stripeMinor);
  // the last to be told may outlive the traffic
  expect(books.kills).toBeGreaterThanOrEqual(KILL_POINTS.length - 2);
}, 240_000);
