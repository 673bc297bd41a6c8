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
      `Your payment of ${price} has arrived, and we are at work on ${listed(titles)}.`,
      'A short report takes a few minutes, the longest two to three hours. We will write to you as soon as everything is ready.',
    ],
    links: [],
    closing: [
      'On your order page you can watch the progress. Keep this letter: the page opens for whoever has its address.',
    ],
    action: { label: 'Watch your order', url: statusUrl },
  };
}
