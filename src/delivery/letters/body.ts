/** A letter before layout: the same lines become text and HTML. */

export interface Body {
  subject: string;
  heading: string;
  paragraphs: string[];
  links: { title: string; note: string; url: string }[];
  closing: string[];
  /** what the reader may want to do next */
  action: { label: string; url: string } | null;
}

/** `Blueprint`, `Blueprint and Life Clarity`, `A, B and C` */
export function listed(titles: readonly string[]): string {
  if (titles.length < 2) return titles.join('');
  return `${titles.slice(0, -1).join(', ')} and ${titles.at(-1)}`;
}

/** @param amountMinor minor units @param currency ISO 4217 in lower case */
export function money(amountMinor: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amountMinor / 10 ** digits);
}
