import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ContentFault, NeedsOperator, TransientFault } from '../../src/domain/errors.ts';
import { PRODUCTION_TIMINGS } from '../../src/domain/timings.ts';
import { withTries } from '../../src/llm/tries.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const passing = (retryAfterMs?: number) =>
  new TransientFault('openai_unavailable', 'away', { retryAfterMs });

/** Runs to the end on the fake clock. @returns the second of each try, and how it ended */
async function run(faults: Error[], signal = new AbortController().signal) {
  const begun = Date.now();
  const at: number[] = [];
  const waits: number[] = [];
  const ending = withTries(
    async () => {
      at.push((Date.now() - begun) / 1_000);
      const fault = faults.shift();
      if (fault) throw fault;
      return 'answer';
    },
    { timings: PRODUCTION_TIMINGS, signal, onWait: ({ waitMs }) => waits.push(waitMs / 1_000) },
  ).catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  return { at, waits, ending: await ending };
}

it.each([
  { jitter: 0, at: [0, 4, 12] },
  { jitter: 0.5, at: [0, 6, 18] },
  { jitter: 1, at: [0, 8, 24] },
])('waits 4-8 s, then 8-16 s: $at s at jitter $jitter', async ({ jitter, at }) => {
  vi.spyOn(Math, 'random').mockReturnValue(jitter);
  const tried = await run([passing(), passing()]);
  expect(tried.at).toEqual(at);
  expect(tried.ending).toBe('answer');
});

it.each([
  { asked: 1_000, at: [0, 4] },
  { asked: 20_000, at: [0, 20] },
  { asked: 60_000, at: [0, 60] },
])('waits at least a Retry-After of $asked ms: $at s', async ({ asked, at }) => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  const tried = await run([passing(asked)]);
  expect(tried.at).toEqual(at);
  expect(tried.waits).toEqual([at[1]]);
});

it('gives up at once on a Retry-After above 60 s', async () => {
  const fault = passing(60_001);
  expect(await run([fault])).toEqual({ at: [0], waits: [], ending: fault });
});

it('gives up after three tries, with the last fault', async () => {
  const last = passing();
  const tried = await run([passing(), passing(), last]);
  expect(tried.at).toHaveLength(3);
  expect(tried.ending).toBe(last);
});

it.each([
  new NeedsOperator('openai_key', 'key'),
  new ContentFault('bad request'),
  new TypeError('a bug of ours'),
])('never tries again after $name', async (fault) => {
  expect(await run([fault])).toEqual({ at: [0], waits: [], ending: fault });
});

it.each([
  { name: 'its own backoff', fault: passing() },
  { name: 'a Retry-After', fault: passing(50_000) },
])('an abort ends the wait for $name at once', async ({ fault }) => {
  const controller = new AbortController();
  const reason = new Error('closing');
  setTimeout(() => controller.abort(reason), 1_000);
  const begun = Date.now();
  const ending = withTries(() => Promise.reject(fault), {
    timings: PRODUCTION_TIMINGS,
    signal: controller.signal,
  }).catch((error: unknown) => ({ error, after: Date.now() - begun }));
  await vi.runAllTimersAsync();
  expect(await ending).toEqual({ error: reason, after: 1_000 });
});

it('returns a result that arrives as the signal aborts', async () => {
  const controller = new AbortController();
  const result = await withTries(
    async () => {
      controller.abort(new Error('closing'));
      return 'answer';
    },
    { timings: PRODUCTION_TIMINGS, signal: controller.signal },
  );
  expect(result).toBe('answer');
});
