/** The mailbox for people: the list, and one letter with its preview. */
import type { ServerResponse } from 'node:http';
import { html, sendPage } from '../wire/page.ts';
import type { Address, Message } from './message.ts';

const REFRESH_SECONDS = 5;
/** A link opens outside the preview, as in a mail client: its page runs without our limits. */
const LINKS_OPEN = 'allow-popups allow-popups-to-escape-sandbox';

/** @param messages oldest first */
export function sendList(response: ServerResponse, messages: readonly Message[]): void {
  const rows = messages.toReversed().map(
    (message) =>
      html`<tr><td><a href="/messages/${message.id}">${message.subject}</a>
        <p class="note">${message.to.map(written).join(', ')}</p></td><td class="sum">${clock(message.at)}</td></tr>`,
  );
  const list =
    rows.length === 0
      ? html`<p class="note">No mail yet. E-mails from the service will appear here.</p>`
      : html`<table><thead><tr><th>E-mail</th><th>Sent (UTC)</th></tr></thead><tbody>${rows}</tbody></table>`;
  sendPage(response, 200, {
    title: `Mailbox (${messages.length})`,
    refresh: REFRESH_SECONDS,
    body: html`<h1>Mailbox</h1><div class="card">${list}</div>
      <p class="note">Sandbox: nothing here leaves this machine.</p>`,
  });
}

export function sendLetter(response: ServerResponse, message: Message | undefined): void {
  if (message === undefined) {
    const body = html`<h1>No such e-mail</h1><p><a href="/">Mailbox</a></p>`;
    sendPage(response, 404, { title: 'No such e-mail', body });
    return;
  }
  const fields: [string, string][] = [
    ['From', written(message.from)],
    ['To', message.to.map(written).join(', ')],
    ['Reply to', message.replyTo === null ? '' : written(message.replyTo)],
    ['Sent (UTC)', `${message.at.slice(0, 10)} ${clock(message.at)}`],
    ['Files', message.attachments.join(', ')],
    ['Headers', pairs(message.headers)],
    ['Arguments', pairs(message.customArgs)],
    ['Message id', message.id],
  ];
  const rows = fields
    .filter(([, value]) => value !== '')
    .map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`);
  const preview =
    message.html === null
      ? ''
      : html`<h2>HTML</h2><iframe src="/messages/${message.id}/html" title="The e-mail as HTML" sandbox="${LINKS_OPEN}"></iframe>`;
  const plain =
    message.text === null ? '' : html`<h2>Text</h2><pre class="card">${message.text}</pre>`;
  sendPage(response, 200, {
    title: message.subject,
    body: html`<p class="note"><a href="/">Mailbox</a></p><h1>${message.subject}</h1>
      <div class="card"><table><tbody>${rows}</tbody></table></div>${preview}${plain}`,
  });
}

/** Only the letter, for the preview. Scripts and remote content are off, as in a mail client. */
export function sendLetterHtml(response: ServerResponse, message: Message | undefined): void {
  response.writeHead(message?.html == null ? 404 : 200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox ${LINKS_OPEN}`,
  });
  response.end(`<base target="_blank">${message?.html ?? ''}`);
}

function written({ email, name }: Address): string {
  return name === null ? email : `${name} <${email}>`;
}

function clock(at: string): string {
  return at.slice(11, 19);
}

function pairs(values: Record<string, unknown>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join('; ');
}
