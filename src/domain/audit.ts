/** The audit: who did what, and when. */
import { newId } from './ids.ts';

export interface AuditEntry {
  id: string;
  at: string;
  /** `operator`, `customer`, or the process that did it */
  actor: string;
  action: string;
  orderId: string | null;
  reportId: string | null;
  detail: string;
}

/** @param entry without an id when it is not about an order or a report */
export function auditEntry(
  entry: Pick<AuditEntry, 'actor' | 'action' | 'detail'> &
    Partial<Pick<AuditEntry, 'orderId' | 'reportId'>>,
  now: Date,
): AuditEntry {
  return { id: newId('aud'), at: now.toISOString(), orderId: null, reportId: null, ...entry };
}

export interface AuditStore {
  append(entry: AuditEntry): Promise<void>;
  ofOrder(orderId: string): Promise<AuditEntry[]>;
}
