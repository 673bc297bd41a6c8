import { rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  ContentFault,
  NeedsOperator,
  RunStopped,
  StaleRun,
  TransientFault,
} from '../../src/domain/errors.ts';
import type { RunSteps } from '../../src/domain/ports/work.ts';
import { sampleSection } from './sample.ts';
import { type Bench, job, never, openBench, timings } from './turn-bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const failing =
  (error: unknown): RunSteps =>
  async () => {
    bench.pass(1_000);
    throw error;
  };
const MINUTE = 60_000;

test('a provider fault snoozes for 1, 2, 4 ... 15 minutes and burns no attempt', async () => {
  await bench.paidReport();
  const run = bench.carryOut({ runSteps: failing(new TransientFault('rate_limited', '429')) });
  for (const minutes of [1, 2, 4, 8, 15, 15]) {
    const outcome = await run(job, never);
    expect(outcome).toEqual({
      kind: 'snooze',
      delayMs: minutes * MINUTE,
      reason: 'rate_limited',
    });
    expect((await bench.stored()).notBefore).toBe(
      new Date(bench.now().getTime() + minutes * MINUTE).toISOString(),
    );
    bench.pass(minutes * MINUTE);
  }
  expect(await bench.stored()).toMatchObject({ state: 'waiting', attempts: 0, snoozes: 6 });
});

test("a run waits for a provider's long Retry-After", async () => {
  await bench.paidReport();
  const fault = new TransientFault('rate_limited', '429', { retryAfterMs: 90_000 });
  expect(await bench.carryOut({ runSteps: failing(fault) })(job, never)).toMatchObject({
    delayMs: 90_000,
  });
});

test.each([
  ['a point in time', 1_795_885_230_000],
  ['a week', 604_800_000],
  ['more than a date can hold', 99_999_999_999_999_000],
  ['no number', Number.NaN],
  ['infinity', Number.POSITIVE_INFINITY],
  ['less than nothing', -1],
  ['no wait at all', 0],
])(
  'a Retry-After of %s counts as if none was given: the next try comes within minutes',
  async (_, retryAfterMs) => {
    await bench.paidReport();
    const fault = new TransientFault('rate_limited', '429', { retryAfterMs });
    expect(await bench.carryOut({ runSteps: failing(fault) })(job, never)).toEqual({
      kind: 'snooze',
      delayMs: MINUTE,
      reason: 'rate_limited',
    });
    expect((await bench.stored()).notBefore).toBe(
      new Date(bench.now().getTime() + MINUTE).toISOString(),
    );
  },
);

test.each([new ContentFault('missing answers'), new TypeError('a bug of ours')])(
  '%s burns attempts 60 and 120 s apart, and the third fails the report',
  async (error) => {
    await bench.paidReport();
    const run = bench.carryOut({ runSteps: failing(error) });
    for (const seconds of [60, 120]) {
      expect(await run(job, never)).toMatchObject({ kind: 'retry', delayMs: seconds * 1_000 });
      bench.pass(seconds * 1_000);
    }
    expect(bench.stages).toEqual([]);
    expect(await run(job, never)).toEqual({ kind: 'fail', reason: 'attempts' });
    expect(bench.stages).toEqual(['settle ord_1']);
    expect(await bench.stored()).toMatchObject({
      state: 'failed',
      reason: 'attempts',
      attempts: 3,
    });
  },
);

test('a report that needs an operator is held', async () => {
  await bench.paidReport();
  const outcome = await bench.carryOut({
    runSteps: failing(new NeedsOperator('invalid_key', '401')),
  })(job, never);
  expect(outcome).toEqual({ kind: 'hold', reason: 'invalid_key' });
  expect(await bench.stored()).toMatchObject({ state: 'held', attempts: 0, runStartedAt: null });
});

test('a stale run writes nothing and ends quietly', async () => {
  await bench.paidReport();
  const run = bench.carryOut({
    async runSteps() {
      await bench.store.reports.claim(job.reportId, bench.now());
      throw new StaleRun(job.reportId);
    },
  });
  expect(await run(job, never)).toMatchObject({ kind: 'drop' });
  expect(await bench.stored()).toMatchObject({ state: 'generating', fence: 2 });
});

test.each(['cancelled', 'held'] as const)(
  'a run whose report is %s from outside stops in mid-call, writes nothing, and settles the order',
  async (state) => {
    await bench.paidReport();
    const run = bench.carryOut({
      async runSteps({ report, signal }) {
        const stopped = new Promise((resolve) => signal.addEventListener('abort', resolve));
        await bench.store.reports.move(report.id, report.fence, state, bench.now());
        bench.wake();
        await stopped;
        throw new DOMException('aborted', 'AbortError');
      },
    });
    expect(await run(job, never)).toEqual({ kind: 'drop', reason: 'stale_run' });
    expect(await bench.stored()).toMatchObject({ state, attempts: 0 });
    expect(bench.stages).toEqual(['settle ord_1']);
  },
);

test('a run notices its cancellation even if Redis wakes nobody', async () => {
  await bench.paidReport();
  const run = bench.carryOut({
    timings: { poll: 10 },
    async runSteps({ report, signal }) {
      await bench.store.reports.move(report.id, report.fence, 'cancelled', bench.now());
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      signal.throwIfAborted();
    },
  });
  expect(await run(job, never)).toMatchObject({ kind: 'drop' });
});

test('a run that lost its fence without noticing cannot move the report', async () => {
  await bench.paidReport();
  const run = bench.carryOut({
    async runSteps(run) {
      await bench.writeAll(run);
      await bench.store.reports.claim(job.reportId, bench.now());
    },
  });
  expect(await run(job, never)).toMatchObject({ kind: 'drop' });
  expect(bench.stages).not.toContain('render');
  expect(await bench.stored()).toMatchObject({ state: 'generating', fence: 2 });
});

test.each(['closing', 'lock_lost'] as const)(
  'a run stopped by %s goes back to waiting at no cost',
  async (code) => {
    await bench.paidReport();
    const stop = new AbortController();
    const run = bench.carryOut({
      async runSteps({ signal }) {
        stop.abort(new RunStopped(code, 'stop'));
        expect(signal.aborted).toBe(true);
        throw new DOMException('aborted', 'AbortError');
      },
    });
    expect(await run(job, stop.signal)).toEqual({ kind: 'snooze', delayMs: 0, reason: code });
    expect(await bench.stored()).toMatchObject({
      state: 'waiting',
      attempts: 0,
      snoozes: 0,
      crashes: 0,
      notBefore: null,
    });
  },
);

test('a report with a missing answer is not rendered', async () => {
  await bench.paidReport();
  const run = bench.carryOut({
    async runSteps({ report }) {
      for (const step of [1, 2, 4]) {
        await bench.store.sections.insert(sampleSection(report, step));
      }
    },
  });
  expect(await run(job, never)).toMatchObject({ kind: 'retry', reason: 'not_whole' });
  expect(bench.stages).toEqual([]);
});

test('a PDF with the wrong number of pages is not uploaded', async () => {
  await bench.paidReport();
  const outcome = await bench.carryOut({ definition: { pages: 41 } })(job, never);
  expect(outcome).toMatchObject({ kind: 'retry' });
  expect(bench.stages.at(-1)).toBe('render');
});

test('a report snoozes while the blob store is away, and the next run asks no step again', async () => {
  await bench.paidReport();
  let away = true;
  const run = bench.carryOut({
    upload() {
      if (away) throw new TransientFault('blob_unavailable', '503');
    },
  });
  expect(await run(job, never)).toMatchObject({ kind: 'snooze', reason: 'blob_unavailable' });
  away = false;
  bench.stages.length = 0;
  bench.pass(MINUTE);
  expect(await run(job, never)).toEqual({ kind: 'done' });
  expect(bench.stages.filter((stage) => stage.startsWith('step'))).toEqual([]);
});

test('a broken disk costs no attempt and alerts an operator once, and the report is delivered after the repair', async () => {
  await bench.paidReport();
  await writeFile(bench.workDir, 'a file where the scratch folder should be');
  const run = bench.carryOut();
  for (const minutes of [1, 2]) {
    const delayMs = minutes * MINUTE;
    expect(await run(job, never)).toEqual({ kind: 'snooze', delayMs, reason: 'host_fault' });
    bench.pass(delayMs);
  }
  expect(await bench.stored()).toMatchObject({ state: 'waiting', attempts: 0 });
  const letters = await bench.store.emails.ofOrder(job.orderId);
  expect(letters.map(({ kind }) => kind)).toEqual(['alert']);
  expect(letters[0]?.key).toContain(hostname());
  expect(letters[0]?.note).toMatch(/machine has a fault: E[A-Z]+: .*\n.*\n.*WORK_DIR/);
  await rm(bench.workDir);
  bench.stages.length = 0;
  expect(await run(job, never)).toEqual({ kind: 'done' });
  expect(bench.stages.filter((stage) => stage.startsWith('step'))).toEqual([]);
});

test('a store that is away costs no attempt', async () => {
  await bench.paidReport();
  await bench.store.close();
  const outcome = await bench.carryOut()(job, never);
  expect(outcome).toMatchObject({ kind: 'snooze', delayMs: timings.storeAway });
});

test('the soft limit counts the running time of earlier runs and fails the report', async () => {
  await bench.paidReport({ runningMs: 59_990 });
  const run = bench.carryOut({
    async runSteps({ signal }) {
      bench.pass(10);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw new DOMException('aborted', 'AbortError');
    },
  });
  expect(await run(job, never)).toEqual({ kind: 'fail', reason: 'time_limit' });
  expect(await bench.stored()).toMatchObject({ state: 'failed', reason: 'time_limit' });
  expect(bench.stages).toEqual(['settle ord_1']);
});
