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
      `Your ${listed(open)} should have been ready by now, and ${one ? 'is' : 'are'} not. We are sorry.`,
      `You need not do anything. We are still at work on ${one ? 'it' : 'them'}, and nothing that is written is lost. Should we not be able to finish, you get back what you paid for ${one ? 'it' : 'what is missing'}.`,
    ],
    links: [],
    closing: ['We will write to you again as soon as there is news.'],
    action: { label: 'See your order', url: statusUrl },
  };
}
