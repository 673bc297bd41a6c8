/** The order is paid: what was bought, and where to watch it being written. */
import type { LetterData } from '../../domain/ports/work.ts';
import { type Body, listed, money } from './body.ts';

export function received({ order, titles, statusUrl }: LetterData): Body {
  const price = money(order.amountMinor, order.currency);
  return {
    subject: `We have your order: ${listed(titles)}`,
    heading: 'Thank you for your order',
    paragraphs: [
      `Hello ${order.subject.birth.name},`,
      `your payment of ${price} has arrived, and we have begun to write ${listed(titles)} for you.`,
      'A short report takes some minutes, the longest two to three hours. We write to you as soon as everything is ready.',
    ],
    links: [],
    closing: [
      'On your order page you can watch the progress. Keep this letter: the page opens for whoever has its address.',
      `Your order number is ${order.id}.`,
    ],
    action: { label: 'Watch your order', url: statusUrl },
  };
}
