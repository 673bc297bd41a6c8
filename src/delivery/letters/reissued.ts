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
        ? 'a new link to your report was asked for. The older one opens it no more:'
        : 'new links to your reports were asked for. The older ones open them no more:',
    ],
    links: linksOf(data),
    closing: [
      ofLinks(data),
      'If you did not ask for this, you need not do anything: nobody but you has received it.',
    ],
    action: { label: 'See your order', url: data.statusUrl },
  };
}
