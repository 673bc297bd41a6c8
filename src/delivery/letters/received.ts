/** The order is paid: what was bought, what can still be changed, and where to follow its progress. */
import { formatMoney } from '../../domain/money.ts';
import type { LetterData } from '../../domain/ports/work.ts';
import { type Body, listed } from './body.ts';

export function received(data: LetterData): Body {
  const { order, titles, statusUrl } = data;
  const price = formatMoney(order.amountMinor, order.currency);
  if (order.cancelled) return cancelledBefore(data, price);
  return {
    subject: `We have received your order: ${listed(titles)}`,
    heading: 'Thank you for your order',
    paragraphs: [
      'Hello,',
      `Your payment of ${price} has arrived, and we are now working on your ${listed(titles)}.`,
      `${order.graceEndsAt === null ? 'Until we begin' : `We begin at ${timeOf(order.graceEndsAt)}, or when you start it on your order page. Until then`} you can still have the birth corrected, or cancel there. If you cancel, what you paid goes back to the card or account you paid with, and we send no further e-mail about it.`,
      'A short report takes a few minutes, and the longest takes two to three hours. We will e-mail you as soon as everything is ready.',
    ],
    links: [],
    closing: [
      'You can follow the progress on your order page. Keep this e-mail, and keep it private: anyone who has the link can open the page.',
      STRANGER,
    ],
    action: { label: 'Follow your order', url: statusUrl },
  };
}

/** It was cancelled before this letter went out: it says so, and no second one does. */
function cancelledBefore({ titles, statusUrl }: LetterData, price: string): Body {
  return {
    subject: `Your order was cancelled: ${listed(titles)}`,
    heading: 'Your order was cancelled',
    paragraphs: [
      'Hello,',
      `Your payment of ${price} has arrived, and the order was cancelled before we had started, so nothing will be written.`,
      `We are sending ${price} back to the card or account that paid. Banks usually take five to ten days to show it.`,
    ],
    links: [],
    closing: [STRANGER],
    action: { label: 'See your order', url: statusUrl },
  };
}

const STRANGER =
  'If you did not order anything: an order was placed with your address, by mistake or by somebody who does not own it. You have nothing to pay and nothing to do. Reply to this e-mail, and we remove your address.';

/** The customer's own zone is not known here. */
function timeOf(at: string): string {
  return `${at.slice(11, 16)} UTC`;
}
