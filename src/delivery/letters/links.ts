/** The links to reports, shared by two letters. */
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
    ? 'The link works for 30 days. It is only for you: anyone who has it can read the report.'
    : 'The links work for 30 days. They are only for you: anyone who has one can read the report.';
}
