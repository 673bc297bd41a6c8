/** The reports are there. */
import type { LetterData } from '../../domain/ports/work.ts';
import { type Body, listed } from './body.ts';
import { linksOf, ofLinks } from './links.ts';

export function ready(data: LetterData): Body {
  const one = data.reports.length === 1;
  return {
    subject: one ? `Your ${data.reports[0]?.title} is ready` : 'Your Almanac reports are ready',
    heading: one ? 'Your report is ready' : 'Your reports are ready',
    paragraphs: [
      `Hello ${data.order.subject.birth.name},`,
      one
        ? 'thank you for your order. Your report has been written and set, and is yours to keep:'
        : 'thank you for your order. Your reports have been written and set, and are yours to keep:',
    ],
    links: linksOf(data),
    closing: [
      ...(data.missing.length > 0
        ? [
            `We could not finish ${listed(data.missing)}, and we are sorry. You are getting your money back for ${data.missing.length === 1 ? 'it' : 'them'}; we write to you when it is on its way.`,
          ]
        : []),
      ofLinks(data),
    ],
    action: { label: 'See your order', url: data.statusUrl },
  };
}
