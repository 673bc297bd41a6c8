/** The hosted pay page: what is bought, the total, and three ways to leave. */
import type { ServerResponse } from 'node:http';
import { html, money, sendPage } from '../wire/page.ts';
import type { LineItem, Session } from './objects.ts';

/** Stripe fills this in where the merchant put it. */
const SESSION_ID = '{CHECKOUT_SESSION_ID}';

export function returnUrl(session: Session): string {
  return session.success_url.replaceAll(SESSION_ID, session.id);
}

/** @param declined whether the last try was declined */
export function sendPayPage(
  response: ServerResponse,
  session: Session,
  lines: LineItem[],
  declined: boolean,
): void {
  const sum = money(session.amount_total, session.currency);
  const rows = lines.map(
    (line) =>
      html`<tr><td>${line.description}${line.quantity > 1 ? ` × ${line.quantity}` : ''}</td>
        <td class="sum">${money(line.amount_total, line.currency)}</td></tr>`,
  );
  const alert = declined
    ? html`<p class="alert" role="alert">The card was declined. Nothing was charged. Please try again.</p>`
    : '';
  const cancel =
    session.cancel_url === null
      ? ''
      : html`<a class="button" href="${session.cancel_url}">Cancel</a>`;
  sendPage(response, declined ? 402 : 200, {
    title: `Pay ${sum}`,
    narrow: true,
    formTargets: [new URL(session.success_url).origin],
    body: html`<h1>Pay ${sum}</h1>
      <div class="card">${alert}
        <table><tbody>${rows}<tr class="total"><td>Total</td><td class="sum">${sum}</td></tr></tbody></table>
        ${session.customer_email === null ? '' : html`<p class="note">The receipt goes to ${session.customer_email}</p>`}
        <form method="post" class="actions">
          <button class="main" name="action" value="pay">Pay ${sum}</button>
          <button name="action" value="decline">Decline</button>
          ${cancel}
        </form>
      </div>
      <p class="note">Sandbox: no card is needed and no money moves.</p>`,
  });
}

export function sendClosedPage(response: ServerResponse, session: Session): void {
  const paid = session.status === 'complete';
  sendPage(response, paid ? 200 : 410, {
    title: paid ? 'Already paid' : 'This page has expired',
    narrow: true,
    body: html`<h1>${paid ? 'Already paid' : 'This page has expired'}</h1>
      <div class="card"><p>${paid ? 'This order is paid. There is nothing more to pay.' : 'The order was not paid in time. Nothing was charged.'}</p>
      <div class="actions"><a class="button" href="${paid ? returnUrl(session) : (session.cancel_url ?? returnUrl(session))}">Back to the shop</a></div></div>`,
  });
}
