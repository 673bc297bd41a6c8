import { expect, test } from 'vitest';
import { KILL_POINTS } from '../../bench/payments/kill-points.ts';
import { shuffle } from '../../bench/payments.ts';

test('each paid order gets one set of reports and jobs, although API processes are killed after every write of a payment', async () => {
  const books = await shuffle({ orders: 24, kills: KILL_POINTS.length, seed: 11 });
  expect(books.paid + books.unpaid).toBe(24);
  expect(books.paid).toBeGreaterThan(0);
  expect(books.unpaid).toBeGreaterThan(0);
  expect(books.storeMinor).toBe(books.stripeMinor);
  // the last processes told to die may outlive the traffic
  expect(books.kills).toBeGreaterThanOrEqual(KILL_POINTS.length - 2);
}, 240_000);
