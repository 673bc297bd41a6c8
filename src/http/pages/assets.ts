/** The pages' one style sheet and one script, inlined, and the policy that allows only these. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Html } from './html.ts';

const css = read('pages.css');
const js = read('order-page.js');

export const style = new Html(css);
export const orderScript = new Html(js);

export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src '${hashOf(css)}'`,
  `script-src '${hashOf(js)}'`,
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

function read(name: string): string {
  return readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
