import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { pay } from '../../cli/local/customer.ts';
import { openShop } from '../e2e/shop.ts';
import { drive } from './drive.ts';
import { packClient } from './pack.ts';

interface Document {
  paths: Record<string, Record<string, { operationId: string }>>;
}

/** The ids of those operations that these requests reached. */
function operationsOf(requests: readonly string[]): string[] {
  const { paths }: Document = JSON.parse(readFileSync('client/openapi.json', 'utf8'));
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { operationId }]) => {
      const pattern = new RegExp(
        `^${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`,
      );
      return requests.some((each) => pattern.test(each)) ? [operationId] : [];
    }),
  );
}

test('the packed client reaches every operation of the API from Node, and says in codes what is refused', async () => {
  await using packed = await packClient();
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
    const { paths }: Document = JSON.parse(readFileSync('client/openapi.json', 'utf8'));
    const all = Object.values(paths).flatMap((each) => Object.values(each));
    expect(operationsOf(seen.requests).sort()).toEqual(all.map((each) => each.operationId).sort());
    expect(seen).toMatchObject({
      place: 'Vienna',
      notPaid: 'not_paid',
      cancelled: 'cancelled',
      noToken: 'unauthorized',
      confirmed: 'paid',
      status: 'fulfilled',
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
      opened: { link: 200, stripe: 'webhook_signature', mail: 'webhook_signature' },
      gone: true,
    });
    expect(Object.keys(seen.fields).sort()).toEqual(['birth.date', 'products.0']);
    expect(seen.counts).toEqual(seen.counts.toSorted((a, b) => a - b));
    expect(seen.counts.at(-1)).toBe(4);
  } finally {
    await shop.close();
  }
}, 120_000);
