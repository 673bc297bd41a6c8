/** One request to a model: recorded before it is sent, closed after. */

import { newId } from './ids.ts';
import type { Booking } from './spend.ts';
import { NO_USAGE, type Usage } from './usage.ts';

/** What became of it. `invalid`: an answer came and none of it could be used. */
export type CallOutcome =
  | 'answered'
  | 'partial'
  | 'invalid'
  | 'refused'
  | 'cut_off'
  | 'fault'
  | 'aborted';

export interface ModelCall extends Usage {
  /** travels as X-Client-Request-Id */
  id: string;
  reportId: string;
  orderId: string;
  edition: number;
  step: number;
  fence: number;
  model: string;
  /** answer ids that it asks for */
  asked: string[];
  /** null while open, or for ever when the process died in between */
  outcome: CallOutcome | null;
  /** stable code of the fault, where there was one */
  fault: string | null;
  /** answer ids that it answered validly */
  answered: string[];
  costMicros: number;
  latencyMs: number | null;
  /** the raw answer, until the section stands */
  raw: string | null;
  /** when it was sent, or began to wait for its turn */
  openedAt: string;
  /** of a call that waited for its turn: when that came; null while it waits */
  sentAt?: string | null;
  closedAt: string | null;
}

/** A call that is sent now, or waits for its turn. */
export function newCall(
  call: Pick<ModelCall, 'reportId' | 'orderId' | 'edition' | 'step' | 'fence' | 'model' | 'asked'> &
    Partial<ModelCall>,
  now: Date,
): ModelCall {
  return {
    id: newId('call'),
    outcome: null,
    fault: null,
    answered: [],
    ...NO_USAGE,
    costMicros: 0,
    latencyMs: null,
    raw: null,
    openedAt: now.toISOString(),
    closedAt: null,
    ...call,
  };
}

export type CallClosing = Usage &
  Pick<ModelCall, 'fault' | 'answered' | 'costMicros' | 'latencyMs' | 'raw' | 'closedAt'> & {
    outcome: CallOutcome;
  };

/** A call's end, as it is to be recorded. */
export interface CallEnding {
  id: string;
  closing: CallClosing;
  /** left out for a call that was never sent */
  booking?: Booking;
}

export interface ModelCallStore {
  open(call: ModelCall): Promise<void>;
  /** A call that waited for its turn is sent now. */
  sent(id: string, at: Date): Promise<void>;
  /**
   * Does nothing to a call that is closed. Of an erased order the raw answer does not stay.
   * @param booking left out for a call that was never sent
   */
  close(id: string, closing: CallClosing, booking?: Booking): Promise<void>;
  /** All calls of one step, oldest first. */
  ofStep(reportId: string, edition: number, step: number): Promise<ModelCall[]>;
  /** All calls of one report, oldest first. */
  ofReport(reportId: string): Promise<ModelCall[]>;
  /** Forgets the raw answers of a step whose section stands. */
  dropRaw(reportId: string, edition: number, step: number): Promise<void>;
}
