/** One message, for where there is nothing else to show: no such link, expired, out of order. */
import type { Problem } from '../error-map.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';

const TITLE_OF: Readonly<Record<number, string>> = {
  404: 'Nothing is here',
  409: 'Not finished yet',
  410: 'This link has expired',
  503: 'One moment, please',
};

export function messagePage({ status, detail }: Problem): string {
  const title = TITLE_OF[status] ?? 'Something went wrong';
  return layout({ title, main: html`<main><h1>${title}</h1><p>${detail}</p></main>` });
}
