import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Floor, openFloor } from './worker-floor.ts';

/** Long enough for a busy machine to reach the first step before the soft limit. */
const LIMITS = { softMs: 2_000, hardMs: 2_500 };

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
  await floor.paidOrder();
});
afterEach(() => floor.close());

test.each(['call', 'loop'] as const)(
  'the hard limit ends a %s that never ends, and kills its process',
  async (how) => {
    const worker = await floor.startWorker({ limits: LIMITS, stuck: { 'ord_1-blueprint': how } });
    const exit = once(worker.child, 'exit');
    await floor.addJob();
    const { fence } = await worker.begins(1);
    expect(await exit).toEqual([null, 'SIGKILL']);
    const report = await floor.stored();
    expect(report).toMatchObject({ state: 'failed', reason: 'time_limit', fence });
    expect(report.runningMs).toBeGreaterThanOrEqual(LIMITS.hardMs);
  },
);

test('a worker that was suspended past the hard limit continues when it wakes: sleep is not running time', async () => {
  const limits = { softMs: 3_000, hardMs: 3_300 };
  const worker = await floor.startWorker({ limits });
  await floor.addJob();
  await worker.begins(4);
  worker.child.kill('SIGSTOP');
  await sleep(limits.hardMs); // the sleep itself
  worker.child.kill('SIGCONT');
  const report = await floor.becomes('delivered');
  expect(report.attempts).toBe(0);
  expect(report.runningMs).toBeLessThan(limits.softMs);
  expect(worker.child.exitCode).toBeNull();
});

test("another worker finishes the stuck process's other report, and the stuck report's order settles", async () => {
  await floor.paidOrder('ord_2', { runningMs: 58_000 });
  const worker = await floor.startWorker({
    limits: { softMs: 60_000, hardMs: 60_500 },
    stuck: { 'ord_2-blueprint': 'loop' },
    stepMs: 1_000,
  });
  const exit = once(worker.child, 'exit');
  await floor.addJob('ord_1');
  await worker.begins(1);
  await floor.addJob('ord_2');
  await exit;
  expect(worker.steps.at(-1)?.report).toBe('ord_2-blueprint');
  await floor.startWorker();
  expect(await floor.becomes('delivered')).toMatchObject({ attempts: 0, fence: 2 });
  expect(await floor.stored('ord_2')).toMatchObject({ state: 'failed', reason: 'time_limit' });
  await expect.poll(async () => (await floor.store.orders.find('ord_2'))?.state).toBe('failed');
});
