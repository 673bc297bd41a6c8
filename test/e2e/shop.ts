/** The whole product as processes, for tests: what a customer does, and what the stand-ins saw. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type PlacedOrder,
  pay,
  placeOrder,
  readyLetters,
  type Snapshot,
  watch,
} from '../../cli/local/customer.ts';
import { startStack } from '../../cli/local/stack.ts';
import { openStore } from '../../src/store/open-store.ts';
import { journalOf } from '../sandbox/control.ts';

const BIRTH = { name: 'Ada Moreau', date: '1990-06-15', time: '11:00', place: 'London' };

/**
 * @param timeScale divides every wait; locks under two seconds are lost on two busy cores
 * @param environment more variables for API and workers, or a function of the shop's folder
 */
export async function openShop({
  timeScale = 1,
  environment = {} as Record<string, string> | ((folder: string) => Record<string, string>),
} = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-shop-'));
  const { PATH, HOME } = process.env;
  const stack = await startStack({
    folder,
    latencyMs: 5,
    apiPort: 0,
    sandboxPort: 0,
    operatorPassword: 'test-operator-password',
    environment: {
      PATH,
      HOME,
      TIME_SCALE: String(timeScale),
      LOG_LEVEL: 'info',
      GRACE: 'off',
      ...(typeof environment === 'function' ? environment(folder) : environment),
    },
    signal: new AbortController().signal,
    onCrash: () => {}, // the test fails by itself, because it waits for something that never comes
  });
  const store = await openStore(stack.databaseUrl);

  return {
    ...stack,
    folder,
    store,
    order: (products: string[]) => placeOrder(stack.apiUrl, { ...BIRTH, products }),
    pay: (order: PlacedOrder, webhook = {}) => pay(stack.sandbox.stripe, order, webhook),
    watch: (order: PlacedOrder) => watch(stack.apiUrl, order),
    /** @returns the order's last state */
    async untilSettled(order: PlacedOrder): Promise<Snapshot['status']> {
      let status = '';
      for await (const snapshot of watch(stack.apiUrl, order)) status = snapshot.status;
      return status;
    },
    /** The PDF links in the order's letters, by letter. */
    async letters(order: PlacedOrder): Promise<string[][]> {
      const all = await readyLetters(stack.sandbox.sendgrid, order.orderId);
      return all.map(({ text }) => text.match(/http\S+\/d\/\S+/g) ?? []);
    },
    modelRequests: () => journalOf(stack.sandbox.openai),
    async close() {
      await store.close();
      await stack.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
