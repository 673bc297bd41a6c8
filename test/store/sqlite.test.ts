import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Store } from '../../src/domain/ports/store.ts';
import type { Report } from '../../src/domain/report.ts';
import { createStore } from '../../src/store/create-store.ts';
import { openStore } from '../../src/store/open-store.ts';
import { openSqlite } from '../../src/store/sqlite/driver.ts';
import { describeCutOff } from '../contract/cut-off-contract.ts';
import { describeStore } from '../contract/store-contract.ts';
import { exampleOrder, exampleReport } from '../contract/store-examples.ts';
import { stoppingDriver } from './stopping-driver.ts';

const folder = mkdtempSync(join(tmpdir(), 'almanac-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const urlOf = (name: string): string => `sqlite:${join(folder, 'made', `${name}.db`)}`;

describeStore('SQLite', () => openStore(urlOf('contract')));

describe('a write that is cut off on SQLite', () => {
  let store: Store;
  beforeAll(async () => {
    store = await openStore(urlOf('cut-off'));
  });
  afterAll(() => store.close());
  describeCutOff(
    () => store,
    async (writes, then) => {
      const driver = await openSqlite({ path: urlOf('cut-off').slice('sqlite:'.length) });
      return {
        store: createStore(stoppingDriver(driver, writes, then)),
        close: () => driver.close(),
      };
    },
  );
});

async function place(url: string): Promise<Report> {
  const store = await openStore(url);
  const order = exampleOrder();
  await store.orders.insert(order);
  const report = exampleReport(order.id);
  await store.reports.upsert([report]);
  await store.close();
  return report;
}

function startWriter(url: string, report: Report, first: number, count: number): ChildProcess {
  const script = join(import.meta.dirname, 'sqlite-writer.ts');
  const values = [url, report.orderId, report.id, String(first), String(count)];
  return spawn(process.execPath, [script, ...values], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function stepsIn(url: string, report: Report): Promise<number[]> {
  const store = await openStore(url);
  const steps = await store.sections.steps(report);
  await store.close();
  return steps;
}

describe('SQLite', () => {
  it('refuses another kind of URL', async () => {
    await expect(openStore('postgres://x/y')).rejects.toMatchObject({ code: 'config' });
  });

  it('lets two processes write at the same time without errors or losses', async () => {
    const url = urlOf('two');
    const report = await place(url);
    const writers = [startWriter(url, report, 1, 60), startWriter(url, report, 101, 60)];
    const ends = await Promise.all(
      writers.map((writer) => {
        writer.stdout?.resume();
        return once(writer, 'exit');
      }),
    );
    expect(ends).toEqual([
      [0, null],
      [0, null],
    ]);
    expect(await stepsIn(url, report)).toHaveLength(120);
    const store = await openStore(url);
    // one for the report and one for each section
    expect((await store.orders.find(report.orderId))?.revision).toBe(121);
    await store.close();
  });

  it('keeps every acknowledged section through kill -9', async () => {
    const url = urlOf('killed');
    const report = await place(url);
    const writer = startWriter(url, report, 1, 100_000);
    const ended = once(writer, 'exit');
    const acknowledged: number[] = [];
    if (!writer.stdout) throw new Error('the writer has no output');
    for await (const line of createInterface({ input: writer.stdout })) {
      acknowledged.push(Number(line));
      if (acknowledged.length === 20) writer.kill('SIGKILL');
    }
    await ended;
    expect(acknowledged.length).toBeGreaterThanOrEqual(20);
    expect(await stepsIn(url, report)).toEqual(expect.arrayContaining(acknowledged));
  });

  it('waits for a held lock without stalling the event loop', async () => {
    const url = urlOf('held');
    const report = await place(url);
    const store = await openStore(url);
    const holder = new DatabaseSync(url.slice('sqlite:'.length));
    holder.exec('BEGIN IMMEDIATE');
    const tries = vi.spyOn(DatabaseSync.prototype, 'exec');
    let claimed = false;
    const claim = store.reports.claim(report.id, new Date()).then(() => {
      claimed = true;
    });
    // the event loop turns between the tries, or this line would not be reached
    await vi.waitUntil(() => tries.mock.calls.length > 10, { interval: 5, timeout: 10_000 });
    const [connection] = tries.mock.contexts;
    tries.mockRestore();
    expect(claimed).toBe(false);
    holder.exec('COMMIT');
    holder.close();
    await claim;
    // how long each try may stall the loop, from the connection itself: a measured time would show the machine's load
    if (!(connection instanceof DatabaseSync)) throw new Error('no connection tried');
    const stall = connection.prepare('PRAGMA busy_timeout').get();
    expect(Number(stall?.timeout)).toBeLessThan(20);
    expect((await store.reports.find(report.id))?.fence).toBe(1);
    await store.close();
  });
});
