/** The product's waits, those around a delivery's faults divided: locks and calls keep theirs. */
import { PRODUCTION_TIMINGS, type Timings } from '../../src/domain/timings.ts';

export { PRODUCTION_TIMINGS };

export const FACTOR = 60;
const DIVIDED = ['tryMin', 'tryMax', 'snooze', 'snoozeMost', 'sweep', 'emailUnknown'] as const;

export function scaledTimings(_factor: number): Timings {
  const divided = DIVIDED.map((name) => [name, PRODUCTION_TIMINGS[name] / FACTOR]);
  // a stand-in that stalls is left behind sooner than SendGrid, but no slow machine is
  return { ...PRODUCTION_TIMINGS, mailCall: 2_000, ...Object.fromEntries(divided) };
}
