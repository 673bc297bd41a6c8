/** The order is paid: what was bought, and where to follow its progress. */
import { formatMoney } from '../../domain/money.ts';
import type { LetterData } from '../../domain/ports/work.ts';
import { seenWords } from '../../domain/typed-words.ts';
import { type Body, listed } from './body.ts';

export function received({ order, titles, statusUrl }: LetterData): Body {
  const price = formatMoney(order.amountMinor, order.currency);
  return {
    subject: `We have received your order: ${listed(titles)}`,
    heading: 'Thank you for your order',
    paragraphs: [
      `Hello ${seenWords(order.subject.birth.name)},`,
      `Your payment of ${price} has arrived, and we are now working on your ${listed(titles)}.`,
      'A short report takes a few minutes, and the longest takes two to three hours. We will e-mail you as soon as everything is ready.',
    ],
    links: [],
    closing: [
      'You can follow the progress on your order page. Keep this e-mail, and keep it private: anyone who has the link can open the page.',
    ],
    action: { label: 'Follow your order', url: statusUrl },
  };
}
