import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Report } from '../../../src/domain/report.ts';
import { sampleOrder, sampleReport, sampleSection } from '../../workers/sample.ts';
import { HOUR, MINUTE, openWatching, timings, type Watching } from './watching.ts';

let watching: Watching;
beforeEach(async () => {
  watching = await openWatching();
});
afterEach(() => watching.close());

async function place(id: string, change: Partial<Report> = {}): Promise<Report> {
  await watching.store.orders.insert(sampleOrder(id));
  const report = sampleReport(id, { createdAt: watching.ago(0), ...change });
  await watching.store.reports.upsert([report]);
  return report;
}

/** One run that the provider refuses, as a worker writes it. */
async function snoozed(id: string, delayMs: number): Promise<void> {
  const { reports } = watching.store;
  await reports.change(id, (await reports.find(id))?.fence ?? 0, { notBefore: null });
  const run = await reports.claim(id, watching.now());
  const notBefore = watching.ago(-delayMs);
  const change = { reason: 'openai_rate_limited', notBefore, snoozes: (run?.snoozes ?? 0) + 1 };
  await reports.move(id, run?.fence ?? 0, 'waiting', watching.now(), change);
}

test('a report that is snoozed again and again is told after an hour, once, with what is known of the cause', async () => {
  const { id } = await place('ord_1');
  for (let minutes = 0; minutes < 240; minutes += 15) {
    await snoozed(id, timings.snoozeMost);
    if (minutes === 45) expect(await watching.told()).toEqual([]);
    await watching.lookFor(15 * MINUTE);
    if (minutes === 45) expect(await watching.told()).toHaveLength(1);
  }
  const [alert, ...others] = await watching.alerts();
  expect(others).toEqual([]);
  expect(alert?.note).toMatch(
    /^reports stand still: blueprint\n.*the first since 2026-03-01 12:00 UTC.*\n.*last fault openai_rate_limited: 1/,
  );
  expect(alert?.note).toContain(id);
});

test.each([
  ['a year', 365 * 24 * HOUR],
  ['a week', 7 * 24 * HOUR],
  ['until 2083', 57 * 365 * 24 * HOUR],
])(
  'a wait of %s that a provider asked for is no excuse: told after an hour',
  async (_, delayMs) => {
    await place('ord_1', { notBefore: watching.ago(-delayMs) });
    await watching.lookFor(HOUR - MINUTE);
    expect(await watching.told()).toEqual([]);
    await watching.lookFor(MINUTE);
    expect(await watching.told()).toEqual(['reports stand still: blueprint']);
    expect((await watching.alerts())[0]?.note).toContain('told to wait, the longest until 20');
  },
);

test.each([10, 40, 60])(
  'a wait of %d minutes is by plan: the hour begins when it ends',
  async (minutes) => {
    await place('ord_1', { notBefore: watching.ago(-minutes * MINUTE) });
    await watching.lookFor(HOUR + (minutes - 1) * MINUTE);
    expect(await watching.told()).toEqual([]);
    await watching.lookFor(MINUTE);
    expect(await watching.told()).toHaveLength(1);
  },
);

test('a section saved is progress: it ends the alarm, and a new hour begins', async () => {
  const report = await place('ord_1');
  const { store } = watching;
  await store.reports.claim(report.id, watching.now());
  await watching.lookFor(HOUR);
  const section = { ...sampleSection(report, 1), completedAt: watching.ago(0) };
  await store.sections.insert(section);
  await watching.lookFor(MINUTE);
  expect(await watching.told()).toEqual([
    'reports stand still: blueprint',
    'over: reports stand still: blueprint',
  ]);
  await watching.lookFor(HOUR);
  expect(await watching.told()).toHaveLength(3);
});

test('what an operator released and stands still again is told again', async () => {
  const { id } = await place('ord_1');
  const { reports } = watching.store;
  await watching.lookFor(HOUR);
  await reports.move(id, 0, 'held', watching.now());
  await reports.move(id, 0, 'waiting', watching.now());
  await watching.lookFor(HOUR - MINUTE);
  expect(await watching.told()).toHaveLength(2);
  await watching.lookFor(2 * MINUTE);
  expect((await watching.told()).at(-1)).toBe('reports stand still: blueprint');
});

test('after an outage of everything, reports get two minutes to move before anybody is told', async () => {
  const { id } = await place('ord_1');
  watching.pass(5 * HOUR);
  await watching.look();
  await watching.lookFor(MINUTE);
  const run = await watching.store.reports.claim(id, watching.now());
  expect(run?.progressAt).toBe(watching.ago(0));
  await watching.lookFor(10 * MINUTE);
  expect(await watching.told()).toEqual([]);
});

test('a report written by an older release counts from its last run, or from its payment', async () => {
  await place('ord_1', { createdAt: watching.ago(5 * HOUR), fence: 3 });
  await place('ord_2', {
    createdAt: watching.ago(5 * HOUR),
    fence: 3,
    state: 'generating',
    runStartedAt: watching.ago(10 * MINUTE),
  });
  await watching.look();
  await watching.lookFor(2 * MINUTE);
  const [alert] = await watching.alerts();
  expect(alert?.note).toContain('ord_1-blueprint');
  expect(alert?.note).not.toContain('ord_2-blueprint');
});

test('one report that stands still for long does not hide that many do', async () => {
  await place('ord_0', { createdAt: watching.ago(2 * HOUR) });
  await watching.look();
  await watching.lookFor(2 * MINUTE);
  expect(await watching.told()).toHaveLength(1);
  for (let index = 1; index <= 12; index += 1) await place(`ord_${index}`);
  await watching.lookFor(HOUR);
  expect((await watching.told()).at(-1)).toBe('10 or more: reports stand still: blueprint');
});

test('a queue that is paused, without a worker or full is named as the cause, as far as Redis says', async () => {
  await place('ord_1');
  watching.health.blueprint = { paused: true, workers: 1 };
  await watching.lookFor(HOUR);
  const note = (await watching.alerts()).at(-1)?.note;
  expect(note).toContain('its queue is paused');
});

test('a report whose times cannot be read does not keep the others from being told', async () => {
  await place('ord_1', { createdAt: 'nonsense' });
  await place('ord_2');
  await watching.lookFor(HOUR);
  expect(await watching.told()).toEqual(['reports stand still: blueprint']);
});
