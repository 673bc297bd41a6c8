/** One message, for where there is nothing else to show: no such link, expired, out of order. */
import type { Problem } from '../error-map.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';

const TITLE_OF: Readonly<Record<number, string>> = {
  404: 'Nothing is here',
  409: 'Not finished yet',
  410: 'This link has expired',
  429: 'Not so fast',
  503: 'One moment, please',
};

interface Action {
  label: string;
  /** where its button posts to */
  path: string;
}

/** @param action what the reader may do about it */
export function messagePage({ status, detail }: Problem, action: Action | null = null): string {
  return notePage(TITLE_OF[status] ?? 'Something went wrong', detail, action);
}

/** No bad news, in the same frame. */
export function notePage(title: string, text: string | null, action: Action | null = null): string {
  const form =
    action &&
    html`<form method="post" action="${action.path}"><button class="button">${action.label}</button></form>`;
  return layout({
    title,
    main: html`<main><h1>${title}</h1>${text !== null && html`<p>${text}</p>`}${form}</main>`,
  });
}
