/** The birth of an order was corrected. It says that, but not what: no letter holds what a person typed. */
import type { LetterData } from '../../domain/ports/work.ts';
import { type Body, listed } from './body.ts';

export function corrected({ titles, statusUrl }: LetterData): Body {
  return {
    subject: 'Your Almanac order was corrected',
    heading: 'Your order was corrected',
    paragraphs: [
      'Hello,',
      `The birth data of your order was corrected on its order page. Your ${listed(titles)} will be about the birth as it is there now. The price stays the same.`,
    ],
    links: [],
    closing: [
      'If this was not you, look at your order page soon: until we begin you can have it corrected again, or cancel it there. Later, please reply to this e-mail.',
    ],
    action: { label: 'See your order', url: statusUrl },
  };
}
