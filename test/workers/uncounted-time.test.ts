import { expect, test } from 'vitest';
import { type CallOutcome, type ModelCall, newCall } from '../../src/domain/model-call.ts';
import { uncountedMs } from '../../workers/uncounted-time.ts';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));

/** A call that was open from one second to another. `until` null: still open. */
function call(
  step: number,
  outcome: CallOutcome | null,
  from: number,
  until: number | null,
  fence = 1,
): ModelCall {
  const of = { reportId: 'ord_1-blueprint', orderId: 'ord_1', edition: 1, step, fence };
  const closedAt = until === null ? null : at(until).toISOString();
  const ended = { outcome, closedAt };
  return newCall({ ...of, model: 'gpt-4o', asked: [], ...ended }, at(from));
}

test('answered calls count in full', () => {
  expect(uncountedMs([call(1, 'answered', 0, 10)], 1, at(20))).toBe(0);
});

test('a failed try does not count, and neither does the wait until its step is asked again', () => {
  const calls = [call(1, 'fault', 0, 10), call(1, 'fault', 14, 20), call(1, 'answered', 28, 30)];
  expect(uncountedMs(calls, 1, at(30))).toBe(28_000);
});

test('the wait after the last try is excluded up to now', () => {
  expect(uncountedMs([call(1, 'fault', 5, 10)], 1, at(30))).toBe(25_000);
});

test('a try that is still open counts', () => {
  const calls = [call(1, 'fault', 0, 10), call(1, null, 14, null)];
  expect(uncountedMs(calls, 1, at(30))).toBe(14_000);
});

test('time in which another step was being answered counts', () => {
  const calls = [call(1, 'fault', 0, 10), call(2, 'answered', 5, 12), call(1, 'answered', 20, 25)];
  expect(uncountedMs(calls, 1, at(25))).toBe(5_000 + 8_000);
});

test('faults of other runs do not matter', () => {
  expect(uncountedMs([call(1, 'fault', 0, 10, 1)], 2, at(30))).toBe(0);
});

test('the wait for the shared limits does not count, whether it has ended or not', () => {
  const waited = { ...call(1, 'answered', 0, 30), sentAt: at(20).toISOString() };
  expect(uncountedMs([waited], 1, at(30))).toBe(20_000);
  const waits = { ...call(1, null, 30, null), sentAt: null };
  expect(uncountedMs([waited, waits], 1, at(90))).toBe(80_000);
});
