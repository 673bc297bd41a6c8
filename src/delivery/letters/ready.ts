/** The reports are ready. */
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
      'Hello,',
      one
        ? 'Your report is finished, and it is yours to keep:'
        : 'Your reports are finished, and they are yours to keep:',
    ],
    links: linksOf(data),
    closing: [ofLinks(data), ...apology(data)],
    action: { label: 'See your order', url: data.statusUrl },
  };
}

/** The refund has its own letter, which may come before or after this one. */
function apology({ missing }: LetterData): string[] {
  if (missing.length === 0) return [];
  const it = missing.length === 1 ? 'it' : 'them';
  return [
    `We are sorry: we could not finish your ${listed(missing)}. We are refunding what you paid for ${it}, and a separate e-mail tells you how much.`,
  ];
}
