/** The frame of the sandbox's own pages: no scripts, no assets, one style. */
import type { ServerResponse } from 'node:http';

const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#22202b, #eceaf4); --muted: light-dark(#6b6878, #a5a1b5);
  --line: light-dark(#e2dfea, #3a3746); --paper: light-dark(#fff, #211f2a); --ground: light-dark(#f6f4fa, #17151e);
  --accent: light-dark(#5a3fc0, #a48fff); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 44rem; margin: 0 auto; padding: 2rem 1rem; }
main.narrow { max-width: 27rem; }
h1 { font-size: 1.35rem; margin: 0 0 1rem; text-wrap: balance; }
h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
a { color: var(--accent); }
.note { color: var(--muted); font-size: .875rem; margin: 0; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem 1.25rem; }
h1 ~ .note, .card + .note { margin-top: .75rem; }
.note:has(+ h1) { margin-bottom: .5rem; }
.alert { border-left: 4px solid #c23b3b; padding-left: .75rem; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: .5rem .5rem .5rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { color: var(--muted); font-weight: 500; font-size: .875rem; }
td.sum { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; padding-right: 0; }
tr:last-child > :is(th, td) { border-bottom: 0; }
thead tr:last-child > th { border-bottom: 1px solid var(--line); }
tr.total td { font-weight: 600; }
.actions { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: 1rem; }
.actions > * { flex: 1; }
button, .button { font: inherit; text-align: center; padding: .65rem 1rem; border-radius: .5rem; border: 1px solid var(--line);
  background: transparent; color: var(--ink); text-decoration: none; cursor: pointer; }
button.main { flex-basis: 100%; background: var(--accent); border-color: var(--accent); color: var(--paper); font-weight: 600; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .875rem; }
iframe { width: 100%; height: 32rem; border: 1px solid var(--line); border-radius: .75rem; background: #fff; }
`;

/** Text that is HTML already: the only thing that a page inserts unescaped. */
export interface Markup {
  readonly html: string;
}

/** Escapes every value that is not markup. */
export function html(parts: TemplateStringsArray, ...values: unknown[]): Markup {
  const text = parts.map(
    (part, index) => part + (index < values.length ? show(values[index]) : ''),
  );
  return { html: text.join('') };
}

function show(value: unknown): string {
  if (Array.isArray(value)) return value.map(show).join('');
  if (isMarkup(value)) return value.html;
  return String(value ?? '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function isMarkup(value: unknown): value is Markup {
  return typeof value === 'object' && value !== null && 'html' in value;
}

export interface Page {
  title: string;
  /** inside `<main>` */
  body: Markup;
  narrow?: boolean;
  /** seconds until the page reloads itself */
  refresh?: number;
  /** origins to which a form may lead after its redirect */
  formTargets?: string[];
}

export function sendPage(response: ServerResponse, status: number, page: Page): void {
  const refresh =
    page.refresh === undefined ? '' : html`<meta http-equiv="refresh" content="${page.refresh}">`;
  const head = html`<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
    ${refresh}<title>${page.title}</title>`;
  // browsers check form-action on redirects too
  const forms = ["'self'", ...(page.formTargets ?? [])].join(' ');
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action ${forms}; base-uri 'none'; frame-ancestors 'none'`,
    'cache-control': 'no-store',
  });
  response.end(
    `<!doctype html><html lang="en"><head>${head.html}<style>${STYLE}</style></head>` +
      `<body><main${page.narrow ? ' class="narrow"' : ''}>${page.body.html}</main></body></html>`,
  );
}

/** An amount in minor units, as people write it. */
export function money(minor: number, currency: string): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(minor / 100);
}
