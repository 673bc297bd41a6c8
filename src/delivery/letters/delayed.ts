/** The order takes longer than promised. */
import type { LetterData } from '../../domain/ports/work.ts';
import { type Body, listed } from './body.ts';

export function delayed({ order, open, statusUrl }: LetterData): Body {
  const one = open.length === 1;
  return {
    subject: 'Your Almanac order takes longer than promised',
    heading: 'This takes longer than promised',
    paragraphs: [
      `Hello ${order.subject.birth.name},`,
      `${listed(open)} should have been ready by now, and ${one ? 'is' : 'are'} not. We are sorry.`,
      `You need not do anything. ${one ? 'It is' : 'They are'} still being worked on, and nothing of what is written is lost. If we cannot finish within a day of your payment, you get your money back for what is missing.`,
    ],
    links: [],
    closing: ['We write to you again as soon as there is news.'],
    action: { label: 'See your order', url: statusUrl },
  };
}
