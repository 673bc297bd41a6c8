/** A page with nothing but one message: no such link, expired, out of order. */
import type { Problem } from '../error-map.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';

const TITLE_OF: Readonly<Record<number, string>> = {
  404: 'We could not find this page',
  409: 'Not finished yet',
  410: 'This link has expired',
  429: 'Please wait a little',
  503: 'Please try again in a moment',
};

interface Action {
  label: string;
  /** where its button posts to */
  path: string;
}

/** @param action what the reader can do about it */
export function messagePage({ status, detail }: Problem, action: Action | null = null): string {
  return notePage(TITLE_OF[status] ?? 'Something went wrong', detail, action);
}

/** A message that is not an error, in the same layout. */
export function notePage(title: string, text: string | null, action: Action | null = null): string {
  const form =
    action &&
    html`<form method="post" action="${action.path}"><button class="button">${action.label}</button></form>`;
  return layout({
    title,
    main: html`<main><h1>${title}</h1>${text !== null && html`<p>${text}</p>`}${form}</main>`,
  });
}
