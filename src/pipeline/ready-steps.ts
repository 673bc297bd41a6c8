/** Which steps may begin: those whose needs all have sections, the lowest number first. */
import type { StepPlan } from '../domain/call-plan.ts';

export interface ReadySteps {
  /** how many may begin now */
  size(): number;
  /** @returns the lowest of them, which is taken out; undefined when there is none */
  take(): StepPlan | undefined;
  /** A step has its section now. @returns how many more may begin because of it */
  stored(step: number): number;
}

/**
 * Counts each step's open needs, so that a stored section costs what it frees, however long the plan is.
 * @param missing steps without a section @param standing steps that have one
 */
export function createReadySteps(
  missing: readonly StepPlan[],
  standing: ReadonlySet<number>,
): ReadySteps {
  const open = new Map<number, number>();
  const waiting = new Map<number, StepPlan[]>();
  const ready: StepPlan[] = [];
  for (const step of missing) {
    const unmet = step.needs.filter((need) => !standing.has(need));
    open.set(step.step, unmet.length);
    if (unmet.length === 0) push(ready, step);
    for (const need of unmet) {
      const others = waiting.get(need);
      if (others) others.push(step);
      else waiting.set(need, [step]);
    }
  }

  return {
    size: () => ready.length,
    take: () => pop(ready),
    stored(number) {
      const before = ready.length;
      for (const step of waiting.get(number) ?? []) {
        const left = (open.get(step.step) ?? 0) - 1;
        open.set(step.step, left);
        if (left === 0) push(ready, step);
      }
      waiting.delete(number);
      return ready.length - before;
    },
  };
}

/** Into a binary heap whose first is the lowest number. */
function push(heap: StepPlan[], step: StepPlan): void {
  let at = heap.push(step) - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    if (numberAt(heap, above) <= step.step) break;
    swap(heap, at, above);
    at = above;
  }
}

function pop(heap: StepPlan[]): StepPlan | undefined {
  const last = heap.length - 1;
  swap(heap, 0, last);
  const lowest = heap.pop();
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    const lower = numberAt(heap, left + 1) < numberAt(heap, left) ? left + 1 : left;
    if (numberAt(heap, lower) >= numberAt(heap, at)) return lowest;
    swap(heap, at, lower);
    at = lower;
  }
}

function numberAt(heap: readonly StepPlan[], at: number): number {
  return heap[at]?.step ?? Number.POSITIVE_INFINITY;
}

function swap(heap: StepPlan[], one: number, other: number): void {
  const [left, right] = [heap[one], heap[other]];
  if (!left || !right) return;
  heap[one] = right;
  heap[other] = left;
}
