import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pay } from '../../cli/local/customer.ts';
import { openShop } from '../e2e/shop.ts';
import { drive } from './drive.ts';
import { operationsOf } from './operations-of.ts';
import { type Packed, packClient } from './pack.ts';

const run = promisify(execFile);

let packed: Packed;
beforeAll(async () => {
  packed = await packClient();
});
afterAll(() => packed[Symbol.asyncDispose]());

/** A front end's own file. Lines that must not compile are marked. */
const CONSUMER = `
import { AlmanacError, createAlmanac, type Order } from 'almanac-client';
import { readUsage } from 'almanac-client/operations';
const almanac = createAlmanac({ baseUrl: 'https://almanac.example', accessToken: 'token' });
const birth = { name: 'Ada', date: '1990-06-15', time: null, place: { id: '2761369' } };
export async function use(): Promise<Order['status'] | undefined> {
  try {
    await almanac.placeOrder({ email: 'ada@example.com', products: ['bundle'], birth });
    // @ts-expect-error not a product
    await almanac.placeOrder({ email: 'ada@example.com', products: ['tarot'], birth });
    for await (const { status, reports } of almanac.watchOrder('ord_1')) {
      if (reports[0]?.state === 'delivered') return status;
    }
    await readUsage({ client: almanac.client });
  } catch (error) {
    // @ts-expect-error not a code
    if (error instanceof AlmanacError && error.code === 'teapot') return;
  }
  return undefined;
}
`;

test('the packed types hold a front end in TypeScript to the API: products, states, codes', async () => {
  await writeFile(join(packed.folder, 'shop.ts'), CONSUMER);
  const tsc = join(process.cwd(), 'client/node_modules/typescript/bin/tsc');
  const common = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2023,dom'];
  for (const module of [
    ['--module', 'nodenext'],
    ['--module', 'esnext', '--moduleResolution', 'bundler'],
  ]) {
    const { stdout } = await run(process.execPath, [tsc, ...common, ...module, 'shop.ts'], {
      cwd: packed.folder,
    });
    expect(stdout).toBe('');
  }
}, 60_000);

test('the packed client reaches every operation of the API from Node, and says in codes what is refused', async () => {
  expect(packed.files).toContain('package/LICENSE');
  expect(
    packed.files.filter((file) => !/^package\/(dist\/|package\.json$|README|LICENSE)/.test(file)),
  ).toEqual([]);
  const at = (file: string) =>
    import(pathToFileURL(`${packed.folder}/node_modules/almanac-client/dist/${file}`).href);
  const shop = await openShop();
  try {
    const seen = await drive({
      client: await at('index.js'),
      operations: await at('operations.js'),
      apiUrl: shop.apiUrl,
      operatorPassword: 'test-operator-password',
      inBrowser: false,
      download: async (address) => (await fetch(address)).headers.get('content-type') ?? '',
      pay: (checkoutUrl) => pay(shop.sandbox.stripe, { orderId: '', accessToken: '', checkoutUrl }),
    });
    expect(operationsOf(seen.requests).filter(({ reached }) => !reached)).toEqual([]);
    expect(seen).toMatchObject({
      place: 'Vienna',
      notPaid: 'not_paid',
      cancelled: 'cancelled',
      noToken: 'unauthorized',
      confirmed: 'paid',
      status: 'fulfilled',
      changes: { start: 'too_late_to_change', correct: 'too_late_to_change' },
      downloaded: 'application/pdf',
      alive: 'ok',
      ready: 'ready',
      moves: {
        hold: 'report_state',
        release: 'report_state',
        hasten: 'report_state',
        cancel: 'report_state',
        refund: 'not_paid',
        resend: 'not_found',
      },
      opened: {
        start: 409,
        cancel: 409,
        link: 200,
        stripe: 'webhook_signature',
        mail: 'webhook_signature',
      },
      gone: true,
    });
    expect(Object.keys(seen.fields).sort()).toEqual(['birth.date', 'products.0']);
    expect(seen.counts).toEqual(seen.counts.toSorted((a, b) => a - b));
    expect(seen.counts.at(-1)).toBe(4);
  } finally {
    await shop.close();
  }
}, 120_000);
