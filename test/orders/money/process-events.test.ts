import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scaledTimings } from '../../../src/domain/patience.ts';
import type { Store } from '../../../src/domain/ports/store.ts';
import { createProcessEvents } from '../../../src/orders/money/process-events.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { createLog } from '../../../src/telemetry/log.ts';

let folder: string;
let store: Store;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-events-'));
  store = await openStore(`sqlite:${join(folder, 'almanac.db')}`);
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const NOW = new Date('2026-11-21T10:00:00.000Z');
const ago = (ms: number) => new Date(NOW.getTime() - ms).toISOString();

async function receive(id: string, receivedAt: string): Promise<void> {
  const type = 'checkout.session.completed';
  await store.stripeEvents.insert({ id, type, objectId: 'cs', receivedAt, processedAt: null });
}

function turnsOf(process: (id: string) => Promise<void>) {
  return createProcessEvents({
    store,
    processEvent: async ({ id }) => {
      await process(id);
      await store.stripeEvents.processed(id, NOW);
    },
    timings: scaledTimings(1),
    log: createLog({ level: 'silent', pretty: false, process: 'test' }),
    clock: () => NOW,
  });
}

test('takes up events that are old enough, oldest first, and one that fails does not stop the others', async () => {
  await receive('evt_young', ago(1_000));
  await receive('evt_bad', ago(90_000));
  await receive('evt_old', ago(60_000));
  const seen: string[] = [];
  const turn = turnsOf(async (id) => {
    seen.push(id);
    if (id === 'evt_bad') throw new Error('provider away');
  });
  expect(await turn()).toBe(1);
  expect(seen).toEqual(['evt_bad', 'evt_old']);
  expect(await turn()).toBe(0);
  expect(seen).toEqual(['evt_bad', 'evt_old', 'evt_bad']);
});
