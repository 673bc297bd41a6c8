/**
 * The provider ends a model in the middle of twenty open reports that were sold on it. Worker processes, Redis, the
 * sandbox and SQLite are real. Nobody acts: counts what was asked again, what of which model, and what was told.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createProcess, type HouseProcess } from '../chaos/process.ts';
import { sandboxAddresses } from '../cli/local/sandbox-addresses.ts';
import { type Sandbox, startSandbox } from '../sandbox/start.ts';
import { questionsOf } from '../src/domain/call-plan.ts';
import type { Store } from '../src/domain/ports/store.ts';
import type { ProductDefinition, QueueName } from '../src/domain/product.ts';
import type { Report } from '../src/domain/report.ts';
import { isSettled } from '../src/domain/transitions.ts';
import { catalogue } from '../src/products/catalogue.ts';
import { openStore } from '../src/store/open-store.ts';
import { subjectOf } from '../test/products/sample.ts';
import { type RedisServer, startRedis } from '../test/queue/redis-server.ts';
import { clearFaults, journalOf, orderFault } from '../test/sandbox/control.ts';
import { sampleOrder, sampleReport } from '../test/workers/sample.ts';

const ROOT = new URL('../', import.meta.url).pathname;
/** sold under version 1, on the model that ends */
const PLAN: Readonly<Partial<Record<QueueName, number>>> = {
  'life-clarity': 6,
  blueprint: 12,
  'personal-horoscope': 2,
};
const LATENCY_MS = 60;
const LOOK_MS = 100;
const MOST_MS = 900_000;
/** a report is midway with this part of its sections */
const MIDWAY = 0.3;
/** whose steps all run at once: its third is not answered before all reports are midway */
const AT_ONCE = 'life-clarity';

interface Shop {
  store: Store;
  sandbox: Sandbox;
  redis: RedisServer;
  workers: HouseProcess[];
  reports: Report[];
}

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-model-end-'));
  const databaseUrl = `sqlite:${join(folder, 'almanac.db')}`;
  const [redis, sandbox, store] = await Promise.all([
    startRedis(),
    startSandbox({ latencyMs: LATENCY_MS }),
    openStore(databaseUrl),
  ]);
  const workers = Object.keys(PLAN).map((queue) =>
    createProcess({
      name: `worker-${queue}`,
      program: process.execPath,
      args: [join(ROOT, `workers/${queue}.ts`)],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        ...sandboxAddresses.use({}, sandbox.urls),
        NODE_ENV: 'development',
        DATABASE_URL: databaseUrl,
        REDIS_URL: redis.url,
        WORK_DIR: join(folder, queue),
        OPERATOR_EMAIL: 'operator@example.com',
      },
      logFile: join(folder, `${queue}.log`),
    }),
  );
  const shop: Shop = { store, sandbox, redis, workers, reports: await place(store) };
  try {
    console.log(JSON.stringify({ bench: 'model-end', ...(await endModel(shop)) }));
  } finally {
    await Promise.all(workers.map((worker) => worker.end('SIGTERM')));
    await store.close();
    await Promise.all([sandbox.close(), redis.close()]);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Orders paid under version 1, as the rows of an old store. */
async function place(store: Store): Promise<Report[]> {
  const placed: Report[] = [];
  for (const [product, count] of Object.entries(PLAN)) {
    const { steps, answers, limits, queue, model } = versionOne(product);
    for (let index = 1; index <= count; index += 1) {
      const orderId = `ord_${queue.replace('-', '')}${index}`;
      await store.orders.insert({ ...sampleOrder(orderId, [product]), subject: subjectOf() });
      const deadline = new Date(Date.now() + 4 * limits.softMs).toISOString();
      const sold = { productId: product, queue, version: 1, model: model.name, deadline };
      const report = sampleReport(orderId, { ...sold, steps, answers });
      await store.reports.upsert([report]);
      placed.push(report);
    }
  }
  return placed;
}

function versionOne(product: string): ProductDefinition {
  const definition = catalogue.definition(product, 1);
  if (definition === null) throw new Error(`this build has no version 1 of ${product}`);
  return definition;
}

/** @returns its id as a prompt writes it, which no other step's prompt has */
function firstQuestion(product: string, number: number): string {
  const { plan, gatherFacts } = versionOne(product);
  const subject = subjectOf();
  const step = plan(gatherFacts(subject), subject).steps.find(({ step }) => step === number);
  const [question] = step === undefined ? [] : questionsOf(step);
  return `[${question?.id}]`;
}

async function endModel(shop: Shop): Promise<object> {
  const { store, sandbox, workers, reports } = shop;
  const model = versionOne('blueprint').model.name;
  // no report ends before the model does: each is stopped midway until all are there
  const slow = { kind: 'slow', count: 1e9, ms: MOST_MS, match: firstQuestion(AT_ONCE, 3) };
  await orderFault(sandbox.urls.openai, slow);
  await Promise.all(workers.map((worker) => worker.start()));
  await holdMidway(shop);
  await clearFaults(sandbox.urls.openai);
  const finished = await sectionsOf(store, reports);

  const begun = Date.now();
  for (const match of [`"model":"${model}"`, `/v1/models/${model}`]) {
    await orderFault(sandbox.urls.openai, { kind: '404_model', match, count: 1e9 });
  }
  for (const { id } of reports) await letGo(store, id);
  await until(async () => (await ended(store, reports)) === reports.length, 'all have ended');
  const seconds = Math.round((Date.now() - begun) / 100) / 10;

  const last = await Promise.all(reports.map(({ id }) => store.reports.find(id)));
  const requests = await journalOf(sandbox.urls.openai);
  const count = (of: typeof requests) => Object.fromEntries(countBy(of, ({ model }) => `${model}`));
  const audit = (
    await Promise.all(reports.map((each) => store.audit.ofOrder(each.orderId)))
  ).flat();
  const alerts = await store.emails.created({}, ['due', 'sending', 'sent'], ['alert'], 100);
  return {
    reports: reports.length,
    delivered: last.filter((report) => report?.state === 'delivered').length,
    held: last.filter((report) => report?.state === 'held').map((report) => report?.reason),
    underVersion1: last.filter((report) => report?.version === 1).length,
    finishedBefore: finished.size,
    stepsRepeated: await repeated(store, reports, finished),
    answered: count(requests.filter(({ outcome }) => outcome === 'answered')),
    refused: count(requests.filter(({ outcome }) => outcome === '404_model')),
    operatorActs: audit.filter(({ actor }) => actor === 'operator').length,
    actsByItself: Object.fromEntries(countBy(audit, ({ actor, action }) => `${actor} ${action}`)),
    // there is no API here, and the bench's own holds are told too
    told: alerts
      .map(({ note }) => note?.split('\n')[0] ?? '')
      .filter((line) => /model|sold/.test(line)),
    seconds,
  };
}

/** Stops each report by its row once it is midway, as a worker's death would: only the store knows of it. */
async function holdMidway({ store, reports }: Shop): Promise<void> {
  const waiting = new Set(reports.map(({ id }) => id));
  await until(async () => {
    for (const report of reports.filter(({ id }) => waiting.has(id))) {
      const done = (await store.sections.steps(report)).length;
      if (done < Math.max(1, Math.floor(report.steps * MIDWAY))) continue;
      const stored = await store.reports.find(report.id);
      if (stored === null || isSettled(stored.state)) throw new Error(`${report.id} is not midway`);
      const change = { reason: 'bench' };
      const now = new Date();
      if (await store.reports.move(report.id, stored.fence, 'held', now, change)) {
        waiting.delete(report.id);
      }
    }
    return waiting.size === 0;
  }, 'all are midway');
}

async function letGo(store: Store, id: string): Promise<void> {
  const held = await store.reports.find(id);
  if (held === null) throw new Error(`${id} is gone`);
  await store.reports.move(id, held.fence, 'waiting', new Date(), { reason: null });
}

/** @returns `<report> <step>` of each section, with the time at which it was saved */
async function sectionsOf(store: Store, reports: readonly Report[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const report of reports) {
    for await (const { step, completedAt } of store.sections.read(report)) {
      found.set(`${report.id} ${step}`, completedAt);
    }
  }
  return found;
}

/** Finished steps for which a call was opened after they were saved. */
async function repeated(
  store: Store,
  reports: readonly Report[],
  finished: ReadonlyMap<string, string>,
): Promise<number> {
  const again = new Set<string>();
  for (const { id } of reports) {
    for (const { step, openedAt } of await store.modelCalls.ofReport(id)) {
      const key = `${id} ${step}`;
      const savedAt = finished.get(key);
      if (savedAt !== undefined && openedAt > savedAt) again.add(key);
    }
  }
  return again.size;
}

/** Delivered, failed, or held: then only an operator could help. */
async function ended(store: Store, reports: readonly Report[]): Promise<number> {
  const states = await Promise.all(reports.map(({ id }) => store.reports.find(id)));
  return states.filter((each) => each !== null && (isSettled(each.state) || each.state === 'held'))
    .length;
}

async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + MOST_MS;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`not within ${MOST_MS / 1_000} s: ${what}`);
    await sleep(LOOK_MS);
  }
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
