/** A replay on paper: the same graph, width and order with given latencies, and no time of ours. */
import type { StepPlan } from '../../src/domain/call-plan.ts';

/** @param msOf how long each step takes, by number @returns when the last ends, milliseconds */
export function paperMs(
  steps: readonly Pick<StepPlan, 'step' | 'needs'>[],
  width: number,
  msOf: ReadonlyMap<number, number>,
): number {
  const waiting = steps.toSorted((a, b) => a.step - b.step);
  const done = new Set<number>();
  const running = new Map<number, number>();
  let now = 0;
  for (;;) {
    for (let at = 0; at < waiting.length && running.size < width; ) {
      const step = waiting[at];
      if (step?.needs.every((need) => done.has(need))) {
        running.set(step.step, now + (msOf.get(step.step) ?? 0));
        waiting.splice(at, 1);
      } else at += 1;
    }
    if (running.size === 0) return now;
    now = Math.min(...running.values());
    for (const [step, due] of running) {
      if (due > now) continue;
      running.delete(step);
      done.add(step);
    }
  }
}
