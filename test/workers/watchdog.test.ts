import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Floor, openFloor } from './worker-floor.ts';

const LIMITS = { softMs: 500, hardMs: 1_000 };

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
  await floor.paidOrder();
});
afterEach(() => floor.close());

test.each(['call', 'loop'] as const)(
  'a %s that never ends is ended by the hard limit, with its process',
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

test('a worker that was suspended past the hard limit goes on when it wakes: sleep is no running time', async () => {
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

test("the stuck process's other report is finished by another worker, and the order settles", async () => {
  await floor.paidOrder('ord_2');
  const stuck = { 'ord_1-blueprint': 'loop' } as const;
  const worker = await floor.startWorker({ limits: LIMITS, stuck });
  const exit = once(worker.child, 'exit');
  await floor.addJob('ord_1');
  await floor.addJob('ord_2');
  await exit;
  await floor.startWorker();
  expect(await floor.becomes('delivered', 'ord_2')).toMatchObject({ attempts: 0 });
  expect((await floor.stored('ord_1')).state).toBe('failed');
  await expect
    .poll(async () => (await floor.store.orders.find('ord_1'))?.state, { timeout: 5_000 })
    .toBe('failed');
});
