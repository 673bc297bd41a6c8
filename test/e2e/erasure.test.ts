import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { Store } from '../../src/domain/ports/store.ts';
import { openShop } from './shop.ts';

/** What the shop's customer gives: see shop.ts and cli/local/customer.ts. */
const PERSON = ['Ada Moreau', '1990-06-15', 'London', '51.5', 'ada@'];

/** A process that this test has started, by the file that it runs. */
function pidOf(file: string): number {
  const found = execFileSync('pgrep', ['-P', String(process.pid), '-f', file], {
    encoding: 'utf8',
  });
  return Number(found.split('\n')[0]);
}

test('nothing of a person is left after erasure, though a worker slept through it and woke up', async () => {
  const shop = await openShop({ timeScale: 5 });
  const folder = dirname(shop.logs);
  try {
    const order = await shop.order(['blueprint']);
    await shop.pay(order);
    const worker = pidOf('workers/blueprint.ts');
    for await (const { reports } of shop.watch(order)) {
      if ((reports[0]?.progress.done ?? 0) >= 3) break;
    }
    await suspend(worker, shop.store);
    const headers = { authorization: `Bearer ${order.accessToken}` };
    const erased = await fetch(`${shop.apiUrl}/v1/orders/${order.orderId}`, {
      method: 'DELETE',
      headers,
    });
    expect(erased.status).toBe(200);
    expect(await erased.json()).toMatchObject({ facts: 1 });
    process.kill(worker, 'SIGCONT');
    const { store } = shop;
    // its open calls are closed once it has understood
    await vi.waitFor(
      async () => {
        const calls = await store.modelCalls.ofReport(`${order.orderId}-blueprint`);
        expect(calls.filter(({ closedAt }) => closedAt === null)).toEqual([]);
      },
      { timeout: 10_000, interval: 100 },
    );
    await store.orders.change(order.orderId, { purgeAt: new Date().toISOString() });
    await vi.waitFor(
      async () => {
        const purgeAt = (await store.orders.find(order.orderId))?.purgeAt ?? '';
        expect(Date.parse(purgeAt)).toBeGreaterThan(Date.now());
      },
      { timeout: 15_000, interval: 100 },
    );
    expect(await blobsOf(shop.sandbox.blob)).toEqual([]);
    await store.close();
    await shop.stop();
    const left = filesIn(folder).filter((file) => {
      const content = readFileSync(file, 'latin1');
      return PERSON.some((words) => content.includes(words));
    });
    expect(left).toEqual([]);
  } finally {
    await shop.stop();
    await rm(folder, { recursive: true, force: true });
  }
}, 90_000);

/** Not in the middle of a write: SQLite's lock would sleep with it, and the whole shop wait. */
async function suspend(pid: number, store: Store): Promise<void> {
  for (;;) {
    process.kill(pid, 'SIGSTOP');
    const write = store.leases.release('nobody', 'nobody').then(() => true);
    if (await Promise.race([write, sleep(500, false)])) return;
    process.kill(pid, 'SIGCONT');
    await write;
  }
}

async function blobsOf(url: string): Promise<unknown[]> {
  const headers = { authorization: 'Bearer vercel_blob_rw_sandbox_key' };
  const { blobs } = (await (await fetch(url, { headers })).json()) as { blobs: unknown[] };
  return blobs;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
