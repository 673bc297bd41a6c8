/** The order is taking longer than promised. */
import type { LetterData } from '../../domain/ports/work.ts';
import { type Body, listed } from './body.ts';

export function delayed({ open, statusUrl }: LetterData): Body {
  const one = open.length === 1;
  return {
    subject: 'Your Almanac order is taking longer than promised',
    heading: 'This is taking longer than promised',
    paragraphs: [
      'Hello,',
      `Your ${listed(open)} should have been ready by now, but ${one ? 'it is' : 'they are'} not. We are sorry.`,
      `You do not need to do anything. We are still working on ${one ? 'it' : 'them'}, and nothing written so far is lost. If we cannot finish, we will refund what you paid for ${one ? 'it' : 'whatever is missing'}.`,
    ],
    links: [],
    closing: ['We will e-mail you again as soon as there is news.'],
    action: { label: 'See your order', url: statusUrl },
  };
}
