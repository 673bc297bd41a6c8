/** One simulated day of the house, from a seed: customers, workers, and everything that can go wrong. */
import { graceUntil } from '../src/domain/grace.ts';
import type { Order } from '../src/domain/order.ts';
import { scaledTimings } from '../src/domain/patience.ts';
import type { Store } from '../src/domain/ports/store.ts';
import type { Refund } from '../src/domain/refund.ts';
import type { Report } from '../src/domain/report.ts';
import { createCommitPaidOrder } from '../src/orders/commit-paid-order.ts';
import { endOpenReports } from '../src/orders/money/end-open-reports.ts';
import { ERASED } from '../src/orders/money/owe-unmade-reports.ts';
import { createRecordDisputes } from '../src/orders/money/record-disputes.ts';
import { createMoveReport } from '../src/orders/operators/move-report.ts';
import { createSettleOrder } from '../src/orders/settle-order.ts';
import { createStore } from '../src/store/create-store.ts';
import { createBank } from './bank.ts';
import { createWakes, useTimers } from './globals.ts';
import { createMemoryDatabase } from './memory-driver.ts';
import { createMemoryQueue } from './memory-queue.ts';
import { createOracle } from './oracle.ts';
import { catalogue, orderOf, WIDTH } from './shop.ts';
import { createShopfront } from './shopfront.ts';
import { log, type SimulatedWorker, startWorker } from './worker.ts';
import { createWorld, type Process } from './world.ts';

/** Deliberate faults that the simulation has to find. */
export const BUGS = [
  'no-fence-check',
  'blind-settle',
  'section-upsert',
  'late-correction',
] as const;
export type Bug = (typeof BUGS)[number];

export interface Simulated {
  seed: number;
  hash: string;
  ticks: number;
  orders: number;
  delivered: number;
  violations: string[];
}

/** Conditions of an order's writes that a bug does not look at. */
const BLIND: Readonly<Record<Bug, readonly string[]>> = {
  'no-fence-check': [],
  'blind-settle': ['state'],
  'section-upsert': [],
  'late-correction': ['subjectFrozenAt', 'subjectVersion'],
};

type Misfortune = 'kill' | 'stop' | 'pause' | 'twice' | 'lost' | 'flush';

/** How often a worker dies or is suspended just before a write, by what it writes. */
const STRUCK: Readonly<Record<string, number>> = { sections: 0.1, orders: 0.3, emails: 0.1 };
const STRUCK_ELSEWHERE = 0.005;
const WORKERS = 3;
/** to finish what was begun, once nothing more goes wrong */
const QUIET_TICKS = 40_000;

export async function simulate(seed: number, ticks: number, bug?: Bug): Promise<Simulated> {
  const world = createWorld(seed);
  const restore = useTimers(world.timers);
  try {
    return await run(world, seed, ticks, bug);
  } finally {
    restore();
  }
}

async function run(
  world: ReturnType<typeof createWorld>,
  seed: number,
  ticks: number,
  bug?: Bug,
): Promise<Simulated> {
  const timings = scaledTimings(1);
  const oracle = createOracle(WIDTH);
  let calm = false;
  const faults = () => (calm ? 0 : 0.04);
  const database = createMemoryDatabase({
    world,
    loss: () => (calm ? 0 : 0.003),
    onWrite: oracle.onWrite,
    beforeWrite: strike,
    upserts: (name) => bug === 'section-upsert' && name === 'sections',
    blind: (name) => (name === 'orders' ? BLIND[bug ?? 'section-upsert'] : []),
  });
  const jobs = createMemoryQueue(world, timings.lock, () => (calm ? 0 : 0.01));
  const signals = createWakes(() => !calm && world.chance(0.3));

  function storeFor(process: Process): Store {
    const store = createStore(database.driverFor(process));
    const reports = bug === 'no-fence-check' ? unfenced(store.reports) : store.reports;
    return { ...store, reports: oracle.watchReports(reports) };
  }

  let born = 0;
  function worker(): SimulatedWorker {
    born += 1;
    const process = newProcess(`w${born}`);
    return startWorker({
      world,
      process,
      store: storeFor(process),
      jobs,
      signals,
      oracle,
      timings,
      faults,
    });
  }
  const workers = Array.from({ length: WORKERS }, worker);

  const api = newProcess('api');
  const apiDeps = {
    store: storeFor(api),
    catalogue,
    timings,
    log,
    signals,
    clock: world.clock,
    queue: jobs.queueFor(api),
  };
  const commitPaidOrder = createCommitPaidOrder(apiDeps);
  const moveReport = createMoveReport(apiDeps);
  const settleOrder = createSettleOrder({ ...apiDeps, sendEmail: null });
  const recordDisputes = createRecordDisputes({
    ...apiDeps,
    commitPaidOrder,
    settleOrder,
    eraseAfterDispute: async () => {},
  });
  const bank = createBank(world, api, { store: apiDeps.store, recordDisputes });
  const { orders } = apiDeps.store;
  const shopfront = createShopfront(world, { ...apiDeps, storeFor, jobs });
  let placed = 0;

  /** A customer orders and may pay; the webhook comes once or twice, sooner or later. */
  async function customer(): Promise<void> {
    placed += 1;
    const order = orderOf(`ord_${placed}`, world.chance(0.5), world.clock());
    await orders.insert(order);
    const pays = world.chance(0.85);
    const webhooks = world.chance(0.3) ? 2 : 1;
    for (let each = 0; pays && each < webhooks; each += 1) void webhook(order.id);
    if (world.chance(0.5)) void shopfront.changeMind(order.id).catch(() => {});
  }

  async function webhook(id: string): Promise<void> {
    await world.sleep(api, world.random() * 60_000, 'webhook');
    try {
      const order = await orders.find(id);
      if (order === null) return;
      const now = world.clock();
      const grace = graceUntil(order, catalogue, timings, now);
      const change = { paidAt: now.toISOString(), graceUntil: grace };
      const paid = (await orders.move(id, 'paid', change)) ?? (await orders.find(id));
      // one in ten: the API dies in between
      if (paid?.state === 'paid' && !world.chance(0.1)) await commitPaidOrder(paid);
    } catch {
      await webhook(id); // answered 503: the provider sends it again
    }
  }

  async function operator(): Promise<void> {
    const reports = database.all('reports') as unknown as Report[];
    const report = world.pick(reports);
    if (!report) return;
    const why = 'simulated';
    const customerAsked = world.chance(0.5); // without it, a report in its grace is refused
    if (report.state === 'held') await moveReport('release', report.id, { why, customerAsked });
    else if (report.state === 'failed') {
      await moveReport('retry', report.id, { why, fromStep: world.chance(0.5) ? 2 : null });
    } else if (world.chance(0.2)) await moveReport('cancel', report.id, { why });
    else if (world.chance(0.3)) await moveReport('hold', report.id, { why });
    else await moveReport('hasten', report.id, { why, customerAsked });
  }

  /** Erased while it is written, as far as its reports and its money go. */
  async function erase(): Promise<void> {
    const order = world.pick(placedOrders().filter(({ state }) => state === 'paid'));
    if (!order || order.disputedAt) return;
    await endOpenReports(apiDeps, order.id, ERASED);
    await settleOrder(order.id);
  }
  const placedOrders = () => database.all('orders') as unknown as Order[];

  function misfortune(): void {
    const victim = world.pick(workers);
    if (!victim) return;
    befall(victim, world.pick(['kill', 'kill', 'stop', 'pause', 'twice', 'lost', 'flush']));
  }

  /** Misfortune where it hurts most: between a decision and its write. */
  function strike(name: string, process: Process): void {
    shopfront.strike(name, process);
    if (calm || !world.chance(STRUCK[name] ?? STRUCK_ELSEWHERE)) return;
    const victim = workers.find((each) => each.process === process);
    if (victim) befall(victim, world.pick(['kill', 'pause', 'pause']));
  }

  function befall(victim: SimulatedWorker, kind: Misfortune | undefined): void {
    world.note(`${kind} ${victim.process.name}`);
    if (kind === 'kill' || kind === 'stop') {
      if (kind === 'stop') victim.close();
      else victim.process.alive = false;
      workers[workers.indexOf(victim)] = worker();
    }
    if (kind === 'pause') victim.process.suspendedUntil = world.now() + world.random() * 60_000;
    if (kind === 'twice') jobs.duplicate();
    if (kind === 'lost') jobs.drop();
    if (kind === 'flush') jobs.flush();
  }

  while (world.ticks() < ticks) {
    if (placed < 1 + world.ticks() / 400 && placed < 40) void customer().catch(() => {});
    if (world.chance(0.01)) misfortune();
    if (world.chance(0.004)) void operator().catch(() => {});
    if (world.chance(0.001)) bank.act(placedOrders());
    if (world.chance(0.0003)) void erase().catch(() => {});
    await world.tick();
  }

  calm = true;
  for (const { process } of workers) process.suspendedUntil = 0;
  const openReports = () => database.all('reports').filter(({ settledAt }) => settledAt === null);
  const openOrders = () => database.all('orders').filter(({ state }) => state === 'paid');
  const unsent = () =>
    database
      .all('emails')
      .filter(({ kind }) => kind !== 'alert') // nobody is there whom they could be sent to
      .filter(({ state }) => state === 'due' || state === 'sending');
  let decided = false;
  for (let left = QUIET_TICKS; left > 0; left -= 1) {
    if (left % 500 === 0) {
      void bank.calm().then((all) => {
        decided = all;
      });
      for (const { id, state } of openReports()) {
        if (state === 'held')
          void moveReport('release', String(id), { why: 'calm', customerAsked: true }).catch(
            () => {},
          );
      }
      const open = openReports().length + openOrders().length + unsent().length;
      if (open === 0 && decided) break;
    }
    await world.tick();
  }
  const all = {
    orders: database.all('orders') as unknown as Order[],
    reports: database.all('reports') as unknown as Report[],
    refunds: database.all('refunds') as unknown as Refund[],
  };
  oracle.atEnd(all.orders, all.reports, all.refunds);
  return {
    seed,
    hash: world.hash(),
    ticks: world.ticks(),
    orders: all.orders.length,
    delivered: all.reports.filter(({ state }) => state === 'delivered').length,
    violations: oracle.violations(),
  };
}

function newProcess(name: string): Process {
  return { name, alive: true, suspendedUntil: 0 };
}

/** The bug: every writer is taken for the run that holds the report. */
function unfenced(reports: Store['reports']): Store['reports'] {
  return {
    ...reports,
    async move(id, _fence, ...rest) {
      const { fence = 0 } = (await reports.find(id)) ?? {};
      return reports.move(id, fence, ...rest);
    },
  };
}
