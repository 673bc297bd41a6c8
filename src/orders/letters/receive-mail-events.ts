/** Records what the mail provider reports about our letters: delivered, bounced, dropped. */
import type { EmailRow, EmailState } from '../../domain/email.ts';
import type { MailEvent, MailEventType } from '../../domain/ports/mail-events.ts';
import type { Needs } from '../needs.ts';
import { raiseAlert } from './raise-alert.ts';
import { tellLost } from './send-email.ts';

/** Safe to repeat, in any order. Events of letters that are not ours are ignored. */
export type ReceiveMailEvents = (events: readonly MailEvent[]) => Promise<void>;

const SENT_BEFORE: readonly EmailState[] = ['due', 'sending', 'failed'];
const BEFORE_DELIVERY: readonly EmailState[] = [...SENT_BEFORE, 'sent'];
/** A bounce may follow a delivery: the receiving server accepted the letter, then rejected it. */
const BEFORE_BOUNCE: readonly EmailState[] = [...BEFORE_DELIVERY, 'delivered'];

const MOVES: Readonly<Record<MailEventType, { to: EmailState; from: readonly EmailState[] }>> = {
  processed: { to: 'sent', from: SENT_BEFORE },
  delivered: { to: 'delivered', from: BEFORE_DELIVERY },
  bounce: { to: 'bounced', from: BEFORE_BOUNCE },
  dropped: { to: 'bounced', from: BEFORE_BOUNCE },
};

export function createReceiveMailEvents(
  deps: Needs<'store' | 'signals' | 'tokens' | 'log' | 'clock'>,
): ReceiveMailEvents {
  const { store, signals, clock } = deps;

  async function apply(event: MailEvent): Promise<void> {
    const row = await store.emails.find(event.key);
    if (row === null) return;
    const { to, from } = MOVES[event.type];
    const sentAt = row.sentAt ?? new Date(event.at).toISOString();
    const moved = await store.emails.change(row, { state: to, sentAt }, from);
    if (moved === null) return;
    if (to === 'bounced' && row.kind === 'alert') tellLost(deps.log, row);
    else if (to === 'bounced') await giveUp(row, event);
    signals.wake(row.orderId);
  }

  /** Nothing more is sent to that address; the order page says so, and an operator is alerted. */
  async function giveUp(row: EmailRow, event: MailEvent): Promise<void> {
    const order = await store.orders.find(row.orderId);
    if (!order || order.erasedAt) return;
    await store.suppressions.add(deps.tokens.fingerprint(order.email), event.type, clock());
    await raiseAlert(deps, {
      cause: `bounce-${row.key}`,
      orderId: order.id,
      note: `an e-mail did not arrive\n${row.key}: ${event.type}\nNothing more is sent to that address. The customer can still download the reports from the order page.\nYou do not need to do anything unless the customer asks for help.`,
    });
  }

  return async (events) => {
    for (const event of events) await apply(event);
  };
}
