/** Customers who change their mind after they paid: they start, correct or cancel, often at the very last moment. */
import { graceLeft, isOpenToChange } from '../src/domain/grace.ts';
import type { Timings } from '../src/domain/patience.ts';
import type { Places } from '../src/domain/ports/sky.ts';
import type { Store } from '../src/domain/ports/store.ts';
import type { Signals } from '../src/domain/ports/work.ts';
import { createCommitPaidOrder } from '../src/orders/commit-paid-order.ts';
import { createCorrectOrder } from '../src/orders/customers/correct-order.ts';
import { createStartOrder } from '../src/orders/customers/start-order.ts';
import { BY_CUSTOMER } from '../src/orders/money/owe-unmade-reports.ts';
import { createStopUnbegun } from '../src/orders/money/stop-unbegun.ts';
import { createSettleOrder } from '../src/orders/settle-order.ts';
import type { Log } from '../src/telemetry/log.ts';
import type { MemoryQueue } from './memory-queue.ts';
import { birthOn, catalogue, resolveBirth } from './shop.ts';
import type { Process, World } from './world.ts';

export interface ShopfrontDeps {
  storeFor(process: Process): Store;
  jobs: MemoryQueue;
  signals: Signals;
  timings: Timings;
  log: Log;
}

export interface Shopfront {
  /** In two tabs at the same time. */
  changeMind(orderId: string): Promise<void>;
  /** A slow moment between what a customer's request has read and what it writes. */
  strike(name: string, process: Process): void;
}

const ACTS = ['start', 'correct', 'correct', 'correct', 'correct', 'cancel'];
const SLOW = 0.5;
const SLOW_MS = 4_000;
const NO_PLACES: Places = { search: () => ({ places: [], ignored: null }), find: () => null };
const unprintable = (): string[] => [];

export function createShopfront(world: World, deps: ShopfrontDeps): Shopfront {
  const { clock } = world;

  function openTab(name: string) {
    const process: Process = { name, alive: true, suspendedUntil: 0 };
    const store = deps.storeFor(process);
    const own = { ...deps, store, catalogue, clock, queue: deps.jobs.queueFor(process) };
    const commitPaidOrder = createCommitPaidOrder(own);
    const settleOrder = createSettleOrder({ ...own, sendEmail: null });
    const stopUnbegun = createStopUnbegun({ ...own, commitPaidOrder, settleOrder });
    const acts = {
      start: createStartOrder({ ...own, commitPaidOrder }),
      correct: createCorrectOrder({ ...own, places: NO_PLACES, resolveBirth, unprintable }),
    };
    return { process, store, stopUnbegun, acts };
  }
  const first = openTab('tab-1');
  const tabs = [first, openTab('tab-2')];

  async function act({ store, stopUnbegun, acts }: typeof first, orderId: string): Promise<void> {
    const order = await store.orders.find(orderId);
    if (order?.state !== 'paid') return;
    const what = world.pick(ACTS);
    if (what === 'start') await acts.start(order);
    if (what === 'correct') await acts.correct(order, birthOn(2 + Math.floor(world.random() * 27)));
    if (what !== 'cancel') return;
    const reports = await store.reports.ofOrder(orderId);
    if (isOpenToChange(order, reports)) await stopUnbegun(order, BY_CUSTOMER);
  }

  return {
    async changeMind(orderId) {
      const { process, store } = first;
      await world.sleep(process, world.random() * 120_000, 'second thoughts');
      const order = await store.orders.find(orderId);
      const end = order && graceLeft(order, clock());
      if (end && world.chance(0.7)) {
        const aroundMs = end.getTime() - world.now() - 1_500 + world.random() * 2_500;
        await world.sleep(process, aroundMs, 'the last moment');
      }
      await Promise.allSettled(tabs.map((tab) => act(tab, orderId)));
    },
    strike(name, writer) {
      const tab = tabs.find(({ process }) => process === writer);
      if (name !== 'orders' || !tab || !world.chance(SLOW)) return;
      tab.process.suspendedUntil = world.now() + world.random() * SLOW_MS;
    },
  };
}
