/** The links to reports, as two letters carry them. */
import type { LetterData } from '../../domain/ports/work.ts';
import type { Body } from './body.ts';

export function linksOf(data: LetterData): Body['links'] {
  return data.reports.map((report) => ({
    title: report.title,
    note: `PDF, ${report.pages.toLocaleString('en')} pages`,
    url: report.url,
  }));
}

export function ofLinks(data: LetterData): string {
  return data.reports.length === 1
    ? 'The link works for 30 days. It is meant for you alone: whoever has it can read the report.'
    : 'The links work for 30 days. They are meant for you alone: whoever has one can read the report.';
}
