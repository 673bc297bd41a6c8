import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pay } from '../cli/local/customer.ts';
import type { drive } from '../test/client/drive.ts';
import { openLine } from '../test/client/line.ts';
import { operationsOf } from '../test/client/operations-of.ts';
import { type Packed, packClient } from '../test/client/pack.ts';
import { openShop } from '../test/e2e/shop.ts';
import { openPage } from './open-page.ts';

let packed: Packed;
let shop: Awaited<ReturnType<typeof openShop>>;
beforeAll(async () => {
  [packed, shop] = await Promise.all([packClient(), openShop()]);
});
afterAll(async () => {
  await shop?.close();
  await packed?.[Symbol.asyncDispose]();
});

/** A browser says in its console that an answer was not 2xx: the script knows, too. */
const isRefusal = (line: string) => /the server responded with a status of 4\d\d/.test(line);

test('the packed client reaches every operation from a page of another site, but for pages and webhooks', async () => {
  await using open = await openPage(packed.folder, '<h1>Another site</h1>');
  const { page } = open;
  await page.exposeFunction('pay', (checkoutUrl: string) =>
    pay(shop.sandbox.stripe, { orderId: '', accessToken: '', checkoutUrl }),
  );
  await page.exposeFunction(
    'download',
    async (address: string) => (await fetch(address)).headers.get('content-type') ?? '',
  );
  // as text: types of the page are not types of this process
  const seen = (await page.evaluate(`(async () => {
    const [client, operations, { drive }] = await Promise.all([
      import('almanac-client'), import('almanac-client/operations'), import('/drive.ts'),
    ]);
    return drive({
      client, operations, pay, download, inBrowser: true,
      apiUrl: ${JSON.stringify(shop.apiUrl)}, operatorPassword: 'test-operator-password',
    });
  })()`)) as Awaited<ReturnType<typeof drive>>;
  const missed = operationsOf(seen.requests).filter(({ reached }) => !reached);
  expect(missed.map(({ operationId }) => operationId).sort()).toEqual([
    'cancelFromPage',
    'openLink',
    'orderPage',
    'receiveMailEvents',
    'receiveStripeEvent',
    'renewLink',
    'startFromPage',
  ]);
  expect(seen).toMatchObject({
    place: 'Vienna',
    notPaid: 'not_paid',
    cancelled: 'cancelled',
    noToken: 'unauthorized',
    status: 'fulfilled',
    downloaded: 'application/pdf',
    moves: { hold: 'report_state', refund: 'not_paid', resend: 'not_found' },
    gone: true,
  });
  expect(Object.keys(seen.fields).sort()).toEqual(['birth.date', 'products.0']);
  expect(seen.counts).toEqual(seen.counts.toSorted((a, b) => a - b));
  expect(seen.counts.at(-1)).toBe(4);
  expect(open.complaints.filter((line) => !isRefusal(line))).toEqual([]);
});

test('a watch in a page outlives a dropped line and a stream that stays silent, and never shows less than before', async () => {
  await using line = await openLine(shop.apiUrl);
  await using open = await openPage(packed.folder, '<h1>Another site</h1>');
  const placed = await shop.order(['blueprint']);
  await shop.pay(placed);
  let streams = 0;
  // the first is dropped on the way, the second says nothing, and no other is tried within a minute
  line.faultOf = (what) => {
    if (what === `GET /v1/orders/${placed.orderId}/events`) streams += 1;
    return streams === 2 && what.endsWith('/events') ? 'silent' : null;
  };
  await open.page.exposeFunction('shown', () => {
    if (streams === 1) line.drop();
  });
  const counts = (await open.page.evaluate(`(async () => {
    const { createAlmanac } = await import('almanac-client');
    const { orderId, accessToken } = ${JSON.stringify(placed)};
    const almanac = createAlmanac({ baseUrl: ${JSON.stringify(line.url)}, accessToken });
    const patience = { stallMs: 500, pollMs: 100, afterEndMs: 0 };
    const counts = [];
    for await (const { reports } of almanac.watchOrder(orderId, { patience })) {
      counts.push(reports[0]?.progress.done ?? 0);
      await shown();
    }
    return counts;
  })()`)) as number[];
  expect(streams).toBe(2);
  expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  expect(counts.at(-1)).toBe(52);
});

test('the front end of docs/front-end.md sells a report: a wrong entry, the checkout, progress, the PDF', async () => {
  const text = await readFile('docs/front-end.md', 'utf8');
  const [, example = ''] = /```html\n(.*?)```/s.exec(text) ?? [];
  expect(example.trim().split('\n').length).toBeLessThanOrEqual(30);
  await using open = await openPage(
    packed.folder,
    example.replace('http://127.0.0.1:3000', shop.apiUrl),
  );
  const { page } = open;
  const status = page.getByRole('status');
  await page.getByPlaceholder('E-mail').fill('nobody');
  await page.getByPlaceholder('Name').fill('Ada');
  await page.locator('[name=date]').fill('1990-06-15');
  await page.locator('[name=time]').fill('14:30');
  await page.getByPlaceholder('Place of birth').fill('Vienna');
  await page.getByRole('button', { name: 'Order' }).click();
  await status.getByText('must be an e-mail address').waitFor();

  await page.getByPlaceholder('E-mail').fill('ada@example.com');
  await page.getByRole('button', { name: 'Order' }).click();
  const checkout = page.context().waitForEvent('page');
  await status.getByRole('link', { name: 'Pay' }).click();
  const other = await checkout;
  await other.getByRole('button', { name: /^Pay/ }).click();
  const download = status.getByRole('link', { name: 'Download' });
  await download.waitFor({ timeout: 60_000 });
  const address = (await download.getAttribute('href')) ?? '';
  expect((await fetch(address)).headers.get('content-type')).toBe('application/pdf');
  expect(open.complaints.filter((line) => !isRefusal(line))).toEqual([]);
});
