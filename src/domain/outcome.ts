/** How a run ended: a closed union. The queue acts on it and decides nothing. */
import type { FailureReason } from './report.ts';

export type Outcome =
  | { kind: 'done' }
  /** nothing to do: settled, held, unpaid, missing, or another run holds the fence */
  | { kind: 'drop'; reason: string }
  /** an attempt was burnt */
  | { kind: 'retry'; delayMs: number; reason: string }
  /** back to waiting, no attempt burnt: provider away, or this process is closing (0 ms) */
  | { kind: 'snooze'; delayMs: number; reason: string }
  | { kind: 'hold'; reason: string }
  | { kind: 'cancel' }
  | { kind: 'fail'; reason: FailureReason };
