/** The product's waits. Those around a delivery's faults are divided, those of locks and calls are not. */
import { PRODUCTION_TIMINGS, type Timings } from '../../src/domain/patience.ts';

export * from '../../src/domain/patience.ts';

export const FACTOR = 60;
const DIVIDED = ['tryMin', 'tryMax', 'snooze', 'snoozeMost', 'sweep', 'emailUnknown'] as const;

export function scaledTimings(_factor: number): Timings {
  const divided = DIVIDED.map((name) => [name, PRODUCTION_TIMINGS[name] / FACTOR]);
  // gives up on a stalled stand-in sooner than on SendGrid, but not on a slow machine
  return { ...PRODUCTION_TIMINGS, mailCall: 2_000, ...Object.fromEntries(divided) };
}
