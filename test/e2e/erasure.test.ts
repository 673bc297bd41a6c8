import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventually } from '../eventually.ts';
import { journalOf, orderFault } from '../sandbox/control.ts';
import { suspend } from '../suspend.ts';
import { openShop } from './shop.ts';

/** The customer's details: see shop.ts and cli/local/customer.ts. */
const PERSON = ['Ada Moreau', '1990-06-15', 'London', '51.50853', 'reader@example.com'];

/** A process that this test started, found by the file that it runs. */
function pidOf(file: string): number {
  const found = execFileSync('pgrep', ['-P', String(process.pid), '-f', file], {
    encoding: 'utf8',
  });
  return Number(found.split('\n')[0]);
}

test('nothing of a person is left after erasure, although workers slept through it and woke up', async () => {
  const shop = await openShop({ timeScale: 5 });
  const { store, folder } = shop;
  const { blob, openai } = shop.sandbox;
  try {
    // five calls are open when the worker is suspended
    await orderFault(openai, { kind: 'slow', after: 3, count: 5, ms: 5_000 });
    const written = await shop.order(['blueprint']);
    await shop.pay(written);
    const writer = pidOf('workers/blueprint.ts');
    for await (const { reports } of shop.watch(written)) {
      if ((reports[0]?.progress.done ?? 0) >= 3) break;
    }
    await suspend((signal) => process.kill(writer, signal), store);
    const known = new Set(tracesIn(folder).map(({ words }) => words));
    expect([...known].toSorted()).toEqual(PERSON.toSorted());

    // the blob store finishes an upload that nobody waits for
    await orderFault(blob, { kind: 'slow', match: 'complete', ms: 8_000 });
    const uploaded = await shop.order(['life-clarity']);
    await shop.pay(uploaded);
    const uploader = pidOf('workers/life-clarity.ts');
    await eventually(async () => {
      expect((await journalOf(blob)).map(({ part }) => part)).toContain('complete');
    });
    await suspend((signal) => process.kill(uploader, signal), store);

    for (const { orderId, accessToken } of [written, uploaded]) {
      const headers = { authorization: `Bearer ${accessToken}` };
      const path = `${shop.apiUrl}/v1/orders/${orderId}`;
      const erased = await fetch(path, { method: 'DELETE', headers });
      expect(erased.status).toBe(200);
      expect(await erased.json()).toMatchObject({ facts: 1, pdfs: 0 });
    }
    await eventually(async () => expect(await blobsOf(blob)).toHaveLength(1));
    process.kill(writer, 'SIGCONT');
    process.kill(uploader, 'SIGCONT');
    // once both notice, the writer's open calls are closed and the uploader's file is removed
    await eventually(async () => {
      const calls = await store.modelCalls.ofReport(`${written.orderId}-blueprint`);
      expect(calls.filter(({ closedAt }) => closedAt === null)).toEqual([]);
      expect(filesIn(join(folder, 'work')).filter((file) => file.endsWith('.pdf'))).toEqual([]);
    });
    for (const { orderId } of [written, uploaded]) {
      await store.orders.change(orderId, { purgeAt: new Date().toISOString() });
      await eventually(async () => {
        const purgeAt = (await store.orders.find(orderId))?.purgeAt ?? '';
        expect(Date.parse(purgeAt)).toBeGreaterThan(Date.now());
      });
    }
    expect(await blobsOf(blob)).toEqual([]);
    await store.close();
    await shop.stop();
    expect(tracesIn(folder)).toEqual([]);
  } finally {
    await shop.stop();
    await rm(folder, { recursive: true, force: true });
  }
}, 90_000);

async function blobsOf(url: string): Promise<unknown[]> {
  const headers = { authorization: 'Bearer vercel_blob_rw_sandbox_key' };
  const { blobs } = (await (await fetch(url, { headers })).json()) as { blobs: unknown[] };
  return blobs;
}

/** Where the person's details are found, with the text around them. */
function tracesIn(folder: string): { words: string; file: string; around: string }[] {
  return filesIn(folder).flatMap((file) => {
    const text = readFileSync(file, 'latin1');
    return PERSON.filter((words) => text.includes(words)).map((words) => {
      const at = text.indexOf(words);
      return { words, file, around: text.slice(Math.max(0, at - 200), at + 200) };
    });
  });
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
