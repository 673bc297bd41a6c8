/** What all pages share: head, style and frame. No external assets. */
import { style } from './assets.ts';
import { type Html, html } from './html.ts';

export interface Page {
  title: string;
  main: Html;
  /** runs at the end */
  script?: Html;
}

export function layout({ title, main, script }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – Almanac</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header>
<svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true"><circle cx="16" cy="16" r="14"/><path d="M16 5l2.6 8.4L27 16l-8.4 2.6L16 27l-2.6-8.4L5 16l8.4-2.6z"/></svg>
<span>Almanac</span>
</header>
${main}
${script && html`<script>${script}</script>`}
</body>
</html>
`.text;
}
