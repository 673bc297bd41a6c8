/** The reports are there. */
import type { LetterData } from '../../domain/ports/work.ts';
import { type Body, listed } from './body.ts';
import { linksOf, ofLinks } from './links.ts';

export function ready(data: LetterData): Body {
  const ready = data.reports.length;
  const one = ready === 1;
  const all = data.missing.length === 0;
  return {
    subject: one
      ? `Your ${data.reports[0]?.title} is ready`
      : `${all ? 'Your' : `${ready} of your ${ready + data.missing.length}`} Almanac reports are ready`,
    heading: one ? 'Your report is ready' : 'Your reports are ready',
    paragraphs: [
      `Hello ${data.order.subject.birth.name},`,
      one
        ? 'Your report has been written and set, and is yours to keep:'
        : 'Your reports have been written and set, and are yours to keep:',
    ],
    links: linksOf(data),
    closing: [ofLinks(data), ...apology(data)],
    action: { label: 'See your order', url: data.statusUrl },
  };
}

/** The refund's own letter may have come before this one, or may follow it. */
function apology({ missing }: LetterData): string[] {
  if (missing.length === 0) return [];
  const it = missing.length === 1 ? 'it' : 'them';
  return [
    `We could not finish your ${listed(missing)}, and we are sorry. You get back what you paid for ${it}: a letter of its own tells how much.`,
  ];
}
