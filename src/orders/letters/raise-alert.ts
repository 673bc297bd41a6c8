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
  orderId: string;
  /** its first line is the subject; ids and causes only, never personal data */
  note: string;
}

/** The sweeper sends it. Safe to repeat. */
export async function raiseAlert(
  { store, log, clock }: RaiseAlertDeps,
  { cause, orderId, note }: Alert,
): Promise<void> {
  const row = dueEmail({ key: `alert-${cause}`, kind: 'alert', orderId, note }, clock());
  if (await store.emails.insert(row)) log.error({ orderId, cause, note }, 'an operator is needed');
}
