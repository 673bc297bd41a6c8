/** Alerts an operator: one e-mail per cause, and a line in the log. */
import { dueEmail } from '../../domain/email.ts';
import type { Store } from '../../domain/ports/store.ts';
import type { Log } from '../../telemetry/log.ts';

export interface RaiseAlertDeps {
  store: Pick<Store, 'emails'>;
  log: Log;
  clock: () => Date;
}

export interface Alert {
  /** the alert is raised once for this: part of the e-mail's key */
  cause: string;
  /** left out: it is about no order */
  orderId?: string;
  /** its first line is the subject; ids and causes only, never personal data */
  note: string;
  /** it tells that something is over: nobody has to act */
  over?: boolean;
}

/** Writes the e-mail's row. A worker's sweep sends it, or the API if no worker does. Safe to repeat. */
export async function raiseAlert(
  { store, log, clock }: RaiseAlertDeps,
  { cause, orderId = '', note, over = false }: Alert,
): Promise<void> {
  const row = dueEmail({ key: `alert-${cause}`, kind: 'alert', orderId, note }, clock());
  if (!(await store.emails.insert(row))) return;
  if (over) log.warn({ orderId, cause, note }, 'what an operator was told of is over');
  else log.error({ orderId, cause, note }, 'an operator is needed');
}
