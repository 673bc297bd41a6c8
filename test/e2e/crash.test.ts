import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportIdOf } from '../../src/domain/ids.ts';
import { orderFault } from '../sandbox/control.ts';
import { openShop } from './shop.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
beforeAll(async () => {
  shop = await openShop({ timeScale: 4 });
});
afterAll(() => shop?.close());

test("a killed worker's horoscope resumes after its last section and asks nothing again", async () => {
  const fatal = 20 + Math.floor(Math.random() * 120);
  // the model does not answer this call before the worker dies
  await orderFault(shop.sandbox.openai, { kind: 'slow', after: fatal, ms: 60_000 });
  const order = await shop.order(['personal-horoscope']);
  await shop.pay(order);
  let killed = false;
  let status = '';
  const drawn: number[] = [];
  for await (const snapshot of shop.watch(order)) {
    status = snapshot.status;
    const { pagesDrawn = 0 } = snapshot.reports[0]?.progress ?? {};
    if (pagesDrawn > 0) drawn.push(pagesDrawn);
    if (killed || (snapshot.reports[0]?.progress.done ?? 0) < fatal) continue;
    killed = true;
    await expect.poll(() => shop.modelRequests()).toHaveLength(fatal + 1);
    await shop.crash('worker-personal-horoscope');
  }
  expect({ killed, status, fatal }).toMatchObject({ killed: true, status: 'fulfilled' });

  // a customer who watches sees the pages being drawn
  expect(new Set(drawn).size).toBeGreaterThan(1);
  expect(drawn).toEqual(drawn.toSorted((a, b) => a - b));

  const id = reportIdOf(order.orderId, 'personal-horoscope');
  const report = await shop.store.reports.find(id);
  expect(report?.fence).toBeGreaterThan(1);
  expect(report?.pdf?.pages).toBe(1725);

  // what the stand-in saw: the call cut short is asked again, an answered one never
  const requests = await shop.modelRequests();
  const answered = requests.filter((request) => request.outcome === 'answered');
  const ids = answered.flatMap((request) => request.asked as string[]);
  expect(ids).toHaveLength(8620);
  expect(new Set(ids).size).toBe(8620);
  expect(requests.length - answered.length).toBe(1);
}, 120_000);
