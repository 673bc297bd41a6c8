/** Replaces old links. New ones go only to the order's own address, and not too often. */
import { dueEmail, NOT_ARRIVED } from '../../domain/email.ts';
import { AlmanacError, TooSoon } from '../../domain/errors.ts';
import type { Link } from '../../domain/link.ts';
import type { Order } from '../../domain/order.ts';
import type { Needs } from '../needs.ts';
import { findLink } from './find-link.ts';

/**
 * Both revoke the older links and write the letter that the sweeper sends.
 * They throw AlmanacError `too_soon` within `timings.renewGap` of the last letter of this kind,
 * `address_failed` if e-mails to the address bounce.
 */
export interface ReissueLinks {
  /** All links of an order. @throws AlmanacError `report_not_ready` before anything is delivered */
  ofOrder(order: Order): Promise<void>;
  /** The link that this token opens or once opened. @throws AlmanacError `not_found` */
  byToken(token: string): Promise<void>;
}

export function createReissueLinks(
  deps: Needs<'store' | 'tokens' | 'timings' | 'clock'>,
): ReissueLinks {
  const { store, tokens, timings, clock } = deps;

  async function reissue(order: Order, links: Link[]): Promise<void> {
    const [first] = links;
    if (!first || order.withdrawnAt) {
      throw new AlmanacError(
        'report_not_ready',
        'This order has no finished report yet. GET /v1/orders/:id shows its progress.',
      );
    }
    const now = clock();
    await refuseTooSoon(order.id, now);
    if (await store.suppressions.has(tokens.fingerprint(order.email))) {
      throw new AlmanacError(
        'address_failed',
        'E-mails to the address of this order come back to us. Please download the reports from the order page.',
      );
    }
    // the letter's row comes first, so that two requests at once send one letter
    const letter = dueEmail(
      {
        key: `reissued-${first.id}-g${first.generation + 1}`,
        kind: 'reissued',
        orderId: order.id,
        reportIds: links.map((link) => link.reportId),
      },
      now,
    );
    if (!(await store.emails.insert(letter))) return;
    const expiresAt = new Date(now.getTime() + timings.linkLife).toISOString();
    for (const link of links) await store.links.renew(link, expiresAt);
  }

  async function refuseTooSoon(orderId: string, now: Date): Promise<void> {
    const last = (await store.emails.ofOrder(orderId)).findLast(({ kind }) => kind === 'reissued');
    const waitMs = last ? Date.parse(last.createdAt) + timings.renewGap - now.getTime() : 0;
    if (waitMs <= 0) return;
    const wait = `${Math.ceil(waitMs / 60_000)} min`;
    if (last && NOT_ARRIVED.includes(last.state)) {
      const what = `The e-mail that we have just sent did not arrive. Please try again in ${wait}.`;
      throw new TooSoon('too_soon', what, waitMs);
    }
    throw new TooSoon(
      'too_soon',
      `We have just sent an e-mail with links. Please look for it, also in your spam folder, or try again in ${wait}.`,
      waitMs,
    );
  }

  return {
    ofOrder: async (order) => reissue(order, await store.links.ofOrder(order.id)),
    async byToken(token) {
      const { link } = await findLink(deps, token);
      const order = await store.orders.find(link.orderId);
      if (order) await reissue(order, [link]);
    },
  };
}
