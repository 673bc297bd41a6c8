import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { extractText } from 'unpdf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Shopped, shop } from '../../chaos/customer.ts';
import { type House, openHouse } from '../../chaos/house.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import { openStore } from '../../src/store/open-store.ts';
import { journalOf, orderFault } from '../sandbox/control.ts';

const PRODUCT = 'personal-horoscope';
const LOOK_MS = 50;

let folder: string;
let house: House;
let store: Store;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-versions-'));
  const workers = [PRODUCT] as const;
  const environment = { GRACE: 'off' };
  const how = { timeScale: 5, store: 'sqlite', latencyMs: 100 } as const;
  house = await openHouse({ folder, ...how, workers, environment });
  store = await openStore(house.store.databaseUrl);
}, 60_000);
afterAll(async () => {
  await house.close();
  await store.close();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

const webhooks = { times: 1, delayMs: 0, shuffled: false };
const wish = { atMs: 0, products: [PRODUCT], pays: true, hesitatesMs: 0, webhooks };

/** @returns what the customer reads, and the ids and text that show its version */
async function delivered({ orderId, accessToken }: Shopped) {
  while ((await store.orders.find(orderId))?.state === 'paid') await sleep(LOOK_MS);
  const report = await store.reports.find(`${orderId}-${PRODUCT}`);
  if (!report) throw new Error('no report');
  const ids: string[] = [];
  for await (const { answers } of store.sections.read(report))
    ids.push(...answers.map(({ id }) => id));
  const response = await fetch(`${house.apiUrls[0]}/v1/orders/${orderId}/reports/${PRODUCT}`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  const pdf = await extractText(new Uint8Array(await response.arrayBuffer()), { mergePages: true });
  return { report, ids, text: pdf.text };
}

test('after a deploy, an open report ends in the version it began in, and a new one gets the new version', async () => {
  const signal = AbortSignal.timeout(90_000);
  // its fifth call is not answered before its worker dies
  await orderFault(house.sandbox.openai, { kind: 'slow', after: 4, ms: 90_000 });
  const before = await shop(house, wish, 'versions-1', 1, signal);
  while ((await journalOf(house.sandbox.openai)).length < 5) await sleep(LOOK_MS);
  // both builds run side by side, and the new one takes orders
  const deployed = house.apis.map(async (api) => {
    await api.end('SIGTERM');
    await api.start({ CHAOS_BUILD: '2' });
  });
  await Promise.all([house.hire(PRODUCT, 2), ...deployed]);
  const after = await shop(house, wish, 'versions-2', 2, signal);
  // the old build's last worker dies: the new one finishes what it left
  await house.workers[0]?.end('SIGKILL');

  const [old, fresh] = [await delivered(before), await delivered(after)];
  expect(old.report).toMatchObject({ version: 1, state: 'delivered' });
  expect(fresh.report).toMatchObject({ version: 2, state: 'delivered' });
  expect(old.ids).toHaveLength(8);
  expect(fresh.ids).toEqual(old.ids.map((id) => `v2-${id}`));
  expect(old.text).toContain('Version 1');
  expect(old.text).not.toContain('v2-');
  expect(fresh.text).toContain('Version 2');
  for (const id of fresh.ids) expect(fresh.text).toContain(id);
  expect(old.report.fence).toBeGreaterThan(1); // another run took it over
}, 120_000);
