/** One request to a model: recorded before it is sent, closed after. */
import type { Usage } from './section.ts';

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

export type CallClosing = Usage &
  Pick<ModelCall, 'fault' | 'answered' | 'costMicros' | 'latencyMs' | 'raw' | 'closedAt'> & {
    outcome: CallOutcome;
  };
