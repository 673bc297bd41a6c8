import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiRig, bearer, startApi } from '../api-rig.ts';
import { endReport, paidOrder } from '../operators/money-moves.ts';

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

test('a program is given the address of a PDF, a browser is sent there', async () => {
  const placed = await paidOrder(api);
  const [report] = await api.store.reports.ofOrder(placed.orderId);
  if (!report) throw new Error('no report');
  await endReport(api, report, 'delivered');
  const path = `/v1/orders/${placed.orderId}/reports/${report.productId}`;
  const open = (accept: string) =>
    api.request(path, { headers: { ...bearer(placed).headers, accept } });
  const given = await open('application/json');
  expect([given.status, await given.json()]).toEqual([
    200,
    { url: expect.stringMatching(/^https:\/\/blob\.example\/.*signature/) },
  ]);
  for (const accept of ['text/html,application/xhtml+xml,*/*;q=0.8', '*/*']) {
    const sent = await open(accept);
    expect([sent.status, sent.headers.get('vary')]).toEqual([302, expect.stringMatching(/accept/)]);
  }
});
