import { afterEach, beforeEach, expect, test } from 'vitest';
import { suspend } from '../suspend.ts';
import { end, type Floor, openFloor, timings } from './worker-floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
  await floor.paidOrder();
});
afterEach(() => floor.close());

test("a killed worker's report resumes elsewhere within seconds, and asks no finished step again", async () => {
  const { victim, heir } = await floor.running(4, { rests: { 1: 4 } });
  await end(victim.child, 'SIGKILL');
  expect((await heir.begins(1)).fence).toBe(2);
  expect(await floor.becomes('delivered')).toMatchObject({ fence: 2, attempts: 0 });
  expect(floor.beganTwice().length).toBeLessThanOrEqual(1);
});

test('a second and a third crash do not fail the report', async () => {
  const rests = { 1: 2, 2: 4, 3: 6 };
  let worker = await floor.startWorker({ rests });
  await floor.addJob();
  for (const step of Object.values(rests)) {
    await worker.begins(step);
    await end(worker.child, 'SIGKILL');
    worker = await floor.startWorker({ rests });
  }
  expect(await floor.becomes('delivered')).toMatchObject({ fence: 4, attempts: 0, crashes: 0 });
  expect(floor.beganTwice().length).toBeLessThanOrEqual(3);
});

test('a worker that is told to stop hands its report over at once, and exits 0', async () => {
  const { victim, heir } = await floor.running(4, { rests: { 1: 4 } });
  const exit = end(victim.child, 'SIGTERM');
  expect((await heir.begins(1)).fence).toBe(2);
  expect(await exit).toBe(0);
  expect((await floor.stored()).crashes).toBe(0);
  expect(await floor.becomes('delivered')).toMatchObject({ attempts: 0, snoozes: 0, fence: 2 });
});

test('a worker that is told to stop while Redis is away leaves its report waiting, and exits 0', async () => {
  const { victim } = await floor.running(4, { rests: { 1: 4 } });
  await floor.redis.kill();
  expect(await end(victim.child, 'SIGTERM')).toBe(0);
  expect(await floor.stored()).toMatchObject({ state: 'waiting', fence: 1, attempts: 0 });
  await floor.redis.start();
  expect(await floor.becomes('delivered')).toMatchObject({ fence: 2, attempts: 0, crashes: 0 });
});

test('a worker that was suspended past its lock changes nothing when it wakes', async () => {
  const { victim, heir } = await floor.running(4, { stepMs: 250 });
  await suspend((signal) => victim.child.kill(signal), floor.store);
  expect((await heir.begins(1)).fence).toBe(2);
  victim.child.kill('SIGCONT');
  const settled = await floor.becomes('delivered');
  expect(settled).toMatchObject({ fence: 2, attempts: 0 });
  expect(await end(victim.child, 'SIGTERM')).toBe(0);
  expect(await floor.stored()).toEqual(settled);
});

test('a report whose job is lost with all of Redis resumes', async () => {
  const first = await floor.startWorker({ stepMs: 250 });
  await floor.addJob();
  await first.begins(4);
  await floor.redis.flush();
  expect(await floor.becomes('delivered')).toMatchObject({ attempts: 0 });
  await expect.poll(async () => (await floor.store.orders.find('ord_1'))?.state).toBe('fulfilled');
});

test('a paid order needs no job to be delivered', async () => {
  await floor.startWorker();
  expect(await floor.becomes('delivered')).toMatchObject({ fence: 1 });
});

test('a report is delivered despite an outage of Redis in mid-run', async () => {
  const first = await floor.startWorker({ stepMs: 250 });
  await floor.addJob();
  await first.begins(4);
  await floor.redis.kill();
  await new Promise((resolve) => setTimeout(resolve, 2 * timings.lock)); // the outage itself
  await floor.redis.start();
  expect(await floor.becomes('delivered')).toMatchObject({ attempts: 0 });
});
