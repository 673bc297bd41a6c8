/** An operator has a letter sent again that did not arrive. */
import { auditEntry } from '../../domain/audit.ts';
import type { EmailRow, EmailState } from '../../domain/email.ts';
import { AlmanacError } from '../../domain/errors.ts';
import type { Needs } from '../needs.ts';

/** Of a bounced letter the address takes no mail; any other state has arrived, or may still arrive. */
const TAKES: readonly EmailState[] = ['blocked', 'failed'];

/**
 * A worker sends it at its next sweep, composed from what is in the store then.
 * @param why kept in the audit
 * @throws AlmanacError `not_found`, `erased`, `address_failed`, or `letter_state` when it is not known as not arrived
 */
export type ResendLetter = (key: string, why: string) => Promise<EmailRow>;

export function createResendLetter({ store, clock }: Needs<'store' | 'clock'>): ResendLetter {
  async function refuseHopeless(row: EmailRow): Promise<void> {
    const order = await store.orders.find(row.orderId);
    if (order?.erasedAt) {
      throw new AlmanacError('erased', `${order.id} is erased: there is no address to send to.`);
    }
    const letters = await store.emails.ofOrder(row.orderId);
    if (letters.some(({ kind, state }) => kind !== 'alert' && state === 'bounced')) {
      throw new AlmanacError(
        'address_failed',
        `The address of ${row.orderId} takes no mail: a letter to it has bounced. The customer can download the reports from the order page.`,
      );
    }
  }

  return async (key, why) => {
    const row = await store.emails.find(key);
    if (row === null) throw new AlmanacError('not_found', `There is no letter ${key}.`);
    const isAlert = row.kind === 'alert';
    if (!isAlert) await refuseHopeless(row);
    const now = clock();
    const again = { state: 'due', tries: 0, providerId: null, sentAt: null } as const;
    const due = await store.emails.change(
      row,
      { ...again, resentAt: now.toISOString() },
      isAlert ? [...TAKES, 'bounced'] : TAKES,
    );
    if (due === null) {
      const { state } = (await store.emails.find(key)) ?? row;
      const reason = `${key} is ${state}: only a letter that did not arrive can be sent again.`;
      throw new AlmanacError('letter_state', reason);
    }
    const entry = { actor: 'operator', action: 'resend', orderId: row.orderId };
    await store.audit.append(auditEntry({ ...entry, detail: `${key}; ${why}` }, now));
    return due;
  };
}
