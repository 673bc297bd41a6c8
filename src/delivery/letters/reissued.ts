/** New links that the customer asked for. */
import type { LetterData } from '../../domain/ports/work.ts';
import type { Body } from './body.ts';
import { linksOf, ofLinks } from './links.ts';

export function reissued(data: LetterData): Body {
  const one = data.reports.length === 1;
  return {
    subject: one ? `A new link to your ${data.reports[0]?.title}` : 'Your new links',
    heading: one ? 'Here is your new link' : 'Here are your new links',
    paragraphs: [
      'Hello,',
      one
        ? 'You asked for a new link to your report. The old one no longer works.'
        : 'You asked for new links to your reports. The old ones no longer work.',
    ],
    links: linksOf(data),
    closing: [
      ofLinks(data),
      'If you did not ask for this, you do not need to do anything: this e-mail went only to you.',
    ],
    action: { label: 'See your order', url: data.statusUrl },
  };
}
