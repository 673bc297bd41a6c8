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
