/** New links, asked for by the customer. */
import type { LetterData } from '../../domain/ports/work.ts';
import type { Body } from './body.ts';
import { linksOf, ofLinks } from './links.ts';

export function reissued(data: LetterData): Body {
  const one = data.reports.length === 1;
  return {
    subject: one ? `Your new link to ${data.reports[0]?.title}` : 'Your new links',
    heading: one ? 'Here is your new link' : 'Here are your new links',
    paragraphs: [
      `Hello ${data.order.subject.birth.name},`,
      one
        ? 'You asked for a new link to your report. The older one no longer works:'
        : 'You asked for new links to your reports. The older ones no longer work:',
    ],
    links: linksOf(data),
    closing: [
      ofLinks(data),
      'If it was not you who asked, you need not do anything: this letter went to you alone.',
    ],
    action: { label: 'See your order', url: data.statusUrl },
  };
}
