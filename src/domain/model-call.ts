/** One request to a model: recorded before it is sent, closed after. */
import { newId } from './ids.ts';
import type { Booking } from './spend.ts';
import { NO_USAGE, type Usage } from './usage.ts';

/** How it ended. `invalid`: an answer came, but nothing in it could be used. */
export type CallOutcome =
  | 'answered'
  | 'partial'
  | 'invalid'
  | 'refused'
  | 'cut_off'
  | 'fault'
  | 'aborted';

/** What the provider says it answered with. Null: it does not say. */
export interface Served {
  /** its name of the model, such as the snapshot */
  model: string | null;
  /** its name of the service tier */
  tier: string | null;
}

export interface ModelCall extends Usage {
  /** sent as X-Client-Request-Id */
  id: string;
  reportId: string;
  orderId: string;
  edition: number;
  step: number;
  fence: number;
  model: string;
  /** ids of the answers that it asks for */
  asked: string[];
  /** null while open, and for ever if the process died before the end */
  outcome: CallOutcome | null;
  /** stable code of the fault, where there was one */
  fault: string | null;
  /** ids of the valid answers it brought */
  answered: string[];
  costMicros: number;
  /** nobody knows what it used: tokens and cost are the most that it may have taken */
  usageUnknown?: boolean;
  /** left out: no answer came, or the row is of an old release */
  served?: Served;
  latencyMs: number | null;
  /** the raw answer, kept until the section is stored */
  raw: string | null;
  /** when it was sent, or began to wait for its turn */
  openedAt: string;
  /** only of a call that waited for its turn: when it was sent; null while it waits */
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
  Pick<
    ModelCall,
    | 'fault'
    | 'answered'
    | 'costMicros'
    | 'usageUnknown'
    | 'served'
    | 'latencyMs'
    | 'raw'
    | 'closedAt'
  > & {
    outcome: CallOutcome;
  };

export interface CallEnding {
  id: string;
  closing: CallClosing;
  /** left out for a call that was never sent */
  booking?: Booking;
}

export interface ModelCallStore {
  open(call: ModelCall): Promise<void>;
  /** Records when a call that waited for its turn was sent. */
  sent(id: string, at: Date): Promise<void>;
  /**
   * Does nothing to a closed call. The raw answer of an erased order is not kept.
   * @param booking left out for a call that was never sent
   */
  close(id: string, closing: CallClosing, booking?: Booking): Promise<void>;
  /** All calls of one step, oldest first. */
  ofStep(reportId: string, edition: number, step: number): Promise<ModelCall[]>;
  /** All calls of one report, oldest first. */
  ofReport(reportId: string): Promise<ModelCall[]>;
  /** Removes the raw answers of a step whose section is stored. */
  dropRaw(reportId: string, edition: number, step: number): Promise<void>;
}
