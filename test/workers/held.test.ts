/** What an operator hears of held reports, sweep by sweep. */
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scaledTimings } from '../../src/domain/patience.ts';
import { sweep } from '../../workers/sweeper.ts';
import { catalogueOf, openSample, sampleDefinition, sampleReport } from './sample.ts';

const log = pino({ level: 'silent' });
const timings = scaledTimings(1);
const MINUTE = 60_000;
let sample: Awaited<ReturnType<typeof openSample>>;
let now: Date;
beforeEach(async () => {
  sample = await openSample();
  now = new Date('2026-03-01T12:00:00.000Z');
});
afterEach(() => sample.close());

/** A sweep, that much later. */
function later(ms: number): Promise<void> {
  now = new Date(now.getTime() + ms);
  return sweep({
    store: sample.store,
    catalogue: catalogueOf(sampleDefinition()),
    queue: { ensure: async () => 'present' },
    commitPaidOrder: async () => {},
    settleOrder: async () => {},
    sendEmail: async () => {},
    timings,
    log,
    clock: () => now,
  });
}

function hold(id: string, reason: string): Promise<void> {
  return sample.store.reports.upsert([
    sampleReport(id, { state: 'held', reason, heldAt: now.toISOString() }),
  ]);
}

/** The alerts' first lines, in the order in which they were raised. */
async function told(): Promise<string[]> {
  const { emails } = sample.store;
  const rows = await emails.created({ from: new Date(0) }, ['due', 'failed'], ['alert'], 100);
  return rows.map(({ note }) => note?.split('\n')[0] ?? '');
}

test('what was released and is held again for the same cause is told again, also within one sweep', async () => {
  await hold('ord_1', 'openai_key');
  await later(MINUTE);
  const { reports } = sample.store;
  await reports.move('ord_1-blueprint', 0, 'waiting', now);
  const change = { reason: 'openai_key' };
  await reports.move('ord_1-blueprint', 0, 'held', new Date(now.getTime() + 1_000), change);
  await later(MINUTE);
  await later(MINUTE);
  const held = 'a report is held: openai_key';
  expect(await told()).toEqual([held, `over: ${held}`, held]);
});

test('one of several that is released ends nothing, and more of the same cause are no news', async () => {
  await hold('ord_1', 'openai_key');
  await later(MINUTE);
  await hold('ord_2', 'openai_key');
  await later(MINUTE);
  await sample.store.reports.move('ord_1-blueprint', 0, 'waiting', now);
  await later(MINUTE);
  expect(await told()).toEqual(['a report is held: openai_key']);
  await sample.store.reports.move('ord_2-blueprint', 0, 'waiting', now);
  await later(MINUTE);
  expect(await told()).toHaveLength(2);
});

test.each(['openai_key', 'operator', 'spend_cap'])(
  'a report held for %s reminds an operator twelve hours before it fails, once',
  async (reason) => {
    await hold('ord_1', reason);
    await later(timings.heldMost - timings.heldReminder - MINUTE);
    const soon = `held reports fail soon: ${reason}`;
    expect(await told()).not.toContain(soon);
    await later(MINUTE);
    await later(MINUTE);
    expect((await told()).filter((each) => each === soon)).toHaveLength(1);
    await later(timings.heldReminder);
    expect((await sample.store.reports.find('ord_1-blueprint'))?.state).toBe('failed');
  },
);

test('a report held for a dispute, which ends by itself, is neither told nor reminded of here', async () => {
  await hold('ord_1', 'disputed');
  await later(timings.heldMost - MINUTE);
  expect(await told()).toEqual([]);
});
