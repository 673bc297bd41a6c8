/** The part of a run's time that a provider's faults and limits took: it does not count against limits. */
import type { ModelCall } from '../src/domain/model-call.ts';

interface Span {
  from: number;
  until: number;
}

/**
 * A call that ended in a provider fault does not count, nor does the wait after it until its step is asked
 * again, nor a wait for a turn at the shared limits. Time does count while another call, one that does not
 * fail, is under way.
 *
 * @param calls of one report, oldest first
 * @param fence of the run
 * @returns milliseconds
 */
export function uncountedMs(calls: readonly ModelCall[], fence: number, now: Date): number {
  const own = calls.filter((call) => call.fence === fence);
  const free: Span[] = [];
  const counted: Span[] = [];
  own.forEach((call, index) => {
    const sentAt = sentAtOf(call, now);
    free.push({ from: Date.parse(call.openedAt), until: sentAt });
    if (call.outcome !== 'fault') {
      const until = call.closedAt === null ? now.getTime() : Date.parse(call.closedAt);
      counted.push({ from: sentAt, until });
      return;
    }
    const next = own.find((each, at) => at > index && each.step === call.step);
    free.push({ from: sentAt, until: next ? Date.parse(next.openedAt) : now.getTime() });
  });
  return lengthOf([...free, ...counted]) - lengthOf(counted);
}

/** @returns when it was sent; if it never was, the end of its wait so far */
function sentAtOf({ openedAt, sentAt, closedAt }: ModelCall, now: Date): number {
  if (sentAt === undefined) return Date.parse(openedAt);
  if (sentAt !== null) return Date.parse(sentAt);
  return closedAt === null ? now.getTime() : Date.parse(closedAt);
}

/**
 * How long a dead run had run, as far as its calls show: until the last of them was opened or closed.
 *
 * @param calls of one report, oldest first
 * @param run its fence and when it began, ISO 8601
 * @returns milliseconds
 */
export function lostRunMs(
  calls: readonly ModelCall[],
  run: { fence: number; startedAt: string },
): number {
  const traces = calls
    .filter((call) => call.fence === run.fence)
    .map((call) => Date.parse(call.closedAt ?? call.openedAt));
  const from = Date.parse(run.startedAt);
  const until = Math.max(from, ...traces);
  return Math.max(0, until - from - uncountedMs(calls, run.fence, new Date(until)));
}

/** @returns the length of the spans' union */
function lengthOf(spans: Span[]): number {
  let length = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const { from, until } of spans.toSorted((a, b) => a.from - b.from)) {
    length += Math.max(0, until - Math.max(from, reached));
    reached = Math.max(reached, until);
  }
  return length;
}
