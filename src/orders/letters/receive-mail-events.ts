/** Records what the mail provider reports about our letters: delivered, bounced, blocked, dropped. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { EmailRow, EmailState } from '../../domain/email.ts';
import { TransientFault } from '../../domain/errors.ts';
import type { MailBatch, MailEvent, MailEventType } from '../../domain/ports/mail-events.ts';
import type { Needs } from '../needs.ts';
import { sendAgain, tellNotArrived } from './tell-not-arrived.ts';

/**
 * Safe to repeat, in any order. Events of letters that are not ours are ignored.
 * @throws TransientFault when the store is away, or an event is earlier than the provider's answer to our sending:
 *   the provider sends the batch again
 */
export type ReceiveMailEvents = (batch: MailBatch) => Promise<void>;

/** Events acted on at once. Between two such groups the process answers others. */
const AT_ONCE = 20;

const SENT_BEFORE: readonly EmailState[] = ['due', 'sending', 'failed'];
const BEFORE_DELIVERY: readonly EmailState[] = [...SENT_BEFORE, 'sent'];
/** A bounce may follow a delivery: the receiving server accepted the letter, then rejected it. */
const BEFORE_BLOCK: readonly EmailState[] = [...BEFORE_DELIVERY, 'delivered'];

const MOVES: Readonly<Record<MailEventType, { to: EmailState; from: readonly EmailState[] }>> = {
  processed: { to: 'sent', from: SENT_BEFORE },
  delivered: { to: 'delivered', from: BEFORE_DELIVERY },
  blocked: { to: 'blocked', from: BEFORE_BLOCK },
  dropped: { to: 'blocked', from: BEFORE_BLOCK },
  bounce: { to: 'bounced', from: [...BEFORE_BLOCK, 'blocked'] },
};

export function createReceiveMailEvents(
  deps: Needs<'store' | 'signals' | 'tokens' | 'timings' | 'log' | 'clock'>,
): ReceiveMailEvents {
  const { store, signals, timings, log, clock } = deps;

  /** @returns whether the event names a letter that is not known, and may be in a moment */
  async function apply(event: MailEvent): Promise<boolean> {
    const row = await findRow(event);
    if (row === null) return isEarly(event);
    const { to, from } = MOVES[event.type];
    if (!from.includes(row.state) || isOfEarlierSending(event, row)) return false;
    // Before the row moves: should the store go away in between, the same event does it all again.
    if (to === 'bounced' || to === 'blocked') await giveUp(row, event);
    const sentAt = row.sentAt ?? new Date(Math.min(event.at, clock().getTime())).toISOString();
    if (await store.emails.change(row, { state: to, sentAt }, from)) signals.wake(row.orderId);
    return false;
  }

  async function findRow({ key, providerIds }: MailEvent): Promise<EmailRow | null> {
    const named = key === null ? null : await store.emails.find(key);
    if (named !== null || providerIds.length === 0) return named;
    return store.emails.findByProvider(providerIds);
  }

  /** Without our key, it can be about a letter that was just handed over and does not have its id yet. */
  async function isEarly({ key, at }: MailEvent): Promise<boolean> {
    const since = new Date(clock().getTime() - timings.mailEventEarly);
    return key === null && at >= since.getTime() && (await store.emails.anySendingSince(since));
  }

  /** After a bounce nothing more is sent to that address; after a block the letter can be sent again. */
  async function giveUp(row: EmailRow, { type }: MailEvent): Promise<void> {
    const order = row.kind === 'alert' ? null : await store.orders.find(row.orderId);
    if (row.kind !== 'alert' && (!order || order.erasedAt)) return;
    if (type === 'bounce' && order) {
      await store.suppressions.add(deps.tokens.fingerprint(order.email), type, clock());
    }
    const follows = type === 'bounce' ? NOTHING_MORE : sendAgain(row);
    await tellNotArrived(deps, row, { cause: type, follows });
  }

  return async ({ events, odd }) => {
    if (odd.length > 0) {
      const parts = [...new Set(odd)];
      log.warn({ odd: odd.length, of: odd.length + events.length, parts }, 'odd mail events');
    }
    let early = 0;
    const failed: unknown[] = [];
    for (let first = 0; first < events.length; first += AT_ONCE) {
      const done = await Promise.allSettled(events.slice(first, first + AT_ONCE).map(apply));
      for (const each of done) {
        if (each.status === 'rejected') failed.push(each.reason);
        else if (each.value) early += 1;
      }
      const away = failed.find((error) => error instanceof TransientFault);
      if (away !== undefined) throw away;
      await breathe();
    }
    // sent again, it would fail again: the others must not wait for it
    if (failed.length > 0) log.error({ err: failed[0], failed: failed.length }, 'mail events lost');
    if (early > 0) {
      throw new TransientFault('mail_event_early', `${early} mail events of letters still in hand`);
    }
  };
}

const NOTHING_MORE =
  'Nothing more is sent to that address. The customer can still download the reports from the order page.\nYou do not need to do anything unless the customer asks for help.';

/** A letter that an operator had sent again does not end by an event of its first sending. SendGrid counts in seconds. */
function isOfEarlierSending({ at, providerIds }: MailEvent, row: EmailRow): boolean {
  if (!row.resentAt || providerIds.includes(row.providerId ?? '')) return false;
  return at < Math.floor(Date.parse(row.resentAt) / 1_000) * 1_000;
}
