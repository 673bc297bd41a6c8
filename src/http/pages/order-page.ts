/** The order page. Its script only fetches it again when the order changes, so this is the only renderer. */
import { NOT_ARRIVED } from '../../domain/email.ts';
import { formatMoney } from '../../domain/money.ts';
import type { OrderState, ReportState } from '../../domain/transitions.ts';
import type { OrderSnapshot, ReportSnapshot } from '../../orders/customers/read-order.ts';
import { orderScript } from './assets.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';

interface Words {
  title: string;
  text: string;
}

const FOLLOWS =
  'You can leave this page open or close it. We will e-mail you when everything is ready.';

const ORDER_WORDS: Readonly<Record<OrderState, (order: OrderSnapshot) => Words>> = {
  awaiting_payment: () => ({
    title: 'Your order is waiting for payment',
    text: 'We start writing as soon as it is paid. This page updates by itself.',
  }),
  paid: (order) => {
    if (order.graceEndsAt !== null) {
      return {
        title: 'Your order is paid',
        text: `Thank you. We begin ${when(order.graceEndsAt)}. Until then you can still cancel, or have a mistake in the birth date, time or place corrected. ${FOLLOWS}`,
      };
    }
    if (order.reports.every(({ state }) => state === 'waiting') && !isLate(order)) {
      return { title: 'Your order is paid', text: `Thank you. We will start soon. ${FOLLOWS}` };
    }
    return {
      title: `${yours(order)} being written`,
      text: isLate(order)
        ? `This is taking longer than promised, and we are sorry. Nothing written so far is lost. ${FOLLOWS}`
        : FOLLOWS,
    };
  },
  payment_failed: () => ({
    title: 'The payment did not go through',
    text: 'Nothing was charged. You are welcome to order again.',
  }),
  expired: () => ({
    title: 'This order was not paid in time',
    text: 'Nothing was charged. You are welcome to order again.',
  }),
  cancelled: () => ({
    title: 'This order was cancelled',
    text: 'Nothing more will be written.',
  }),
  fulfilled: (order) => ({
    title: `${yours(order)} ready`,
    text: 'Download below, or use the links in your e-mail.',
  }),
  partly_fulfilled: () => ({
    title: 'Some of your reports are ready',
    text: 'We are sorry: we could not finish all of them. We are refunding what you paid for the others.',
  }),
  failed: ({ reports }) => ({
    title: `We could not finish your ${reports.length === 1 ? 'report' : 'reports'}`,
    text: 'We are sorry. We are refunding what you paid.',
  }),
};

function yours({ reports }: OrderSnapshot): string {
  return reports.length === 1 ? 'Your report is' : 'Your reports are';
}

/** A letter has already told the customer. */
function isLate({ emails }: OrderSnapshot): boolean {
  return emails.some(({ kind }) => kind === 'delayed');
}

const ERASED = {
  title: 'This order was erased',
  text: 'We have removed your data and your reports. We keep only the amounts and dates that the law requires.',
};

const REPORT_WORDS: Readonly<Record<ReportState, string>> = {
  waiting: 'Waiting for its turn',
  generating: 'Being written',
  rendering: 'Written; the pages are being laid out',
  delivering: 'Finished; on its way to you',
  delivered: 'Ready',
  failed: 'Could not be finished',
  cancelled: 'Cancelled',
  held: 'Paused: we are looking into it',
};

/** @param path of the page itself: its forms post below it */
export function orderPage(order: OrderSnapshot, path: string): string {
  const { title, text } = order.erased ? ERASED : ORDER_WORDS[order.status](order);
  const main = html`<main data-order="${order.orderId}" data-status="${order.status}" data-revision="${order.revision}">
<div aria-live="polite"><h1>${title}</h1><p>${text}</p></div>
${order.checkoutUrl && html`<a class="button" href="${order.checkoutUrl}">Pay ${priceOf(order)}</a>`}
${
  order.refundDueMinor > 0 &&
  html`<p>${formatMoney(order.refundDueMinor, order.currency)} of what you paid goes back to you. Banks usually take five to ten days to show it.</p>`
}
${
  order.erasureWaits &&
  html`<p>You asked us to erase this order. Your bank is still deciding about its payment: we erase it as soon as that has ended.</p>`
}
${
  addressFailed(order) &&
  html`<p class="warning">We could not reach your e-mail address, so we send nothing more to it. Keep the address of this page, and download your reports here.</p>`
}
${!addressFailed(order) && notArrived(order)}
${order.reports.map(reportCard)}
<footer class="muted">
<p>Order ${order.orderId}, ${priceOf(order)}${order.refundedMinor > 0 && html`, of which ${formatMoney(order.refundedMinor, order.currency)} was refunded`}</p>
${linksSent(order) && html`<p>We have sent you an e-mail with your links.</p>`}
${
  order.graceEndsAt !== null &&
  html`<form method="post" action="${path}/start"><p><button class="quiet">Start now</button></p></form>`
}
${
  order.cancellable &&
  html`<form method="post" action="${path}/cancel" data-ask="Cancel this order? We will refund what you have paid."><p><button class="quiet">Cancel this order</button></p></form>`
}
<noscript><p>Reload this page to see the progress of your reports.</p></noscript>
</footer>
</main>`;
  return layout({ title, main, script: orderScript });
}

function addressFailed(order: OrderSnapshot): boolean {
  return order.emails.some((email) => email.state === 'bounced');
}

/** Says that the last letter did not arrive, and offers the links once more if there are any. */
function notArrived({ emails, reports }: OrderSnapshot): Html | false {
  const last = emails.findLastIndex(({ state }) => state !== 'due' && state !== 'sending');
  const state = emails[last]?.state;
  if (state === undefined || !NOT_ARRIVED.includes(state)) return false;
  const onItsWay = last < emails.length - 1;
  const again = !onItsWay && reports.some(({ links }) => links !== null);
  return html`<div class="warning"><p>Our last e-mail to you did not arrive. Keep the address of this page: you find everything here.</p>
${again && html`<p><button class="quiet" id="resend">Send the links again</button></p>`}</div>`;
}

function linksSent(order: OrderSnapshot): boolean {
  return order.emails.some(
    ({ kind, state }) =>
      (kind === 'ready' || kind === 'reissued') && (state === 'sent' || state === 'delivered'),
  );
}

function reportCard(report: ReportSnapshot): Html {
  const { done, total, etaSeconds, pagesDrawn = 0 } = report.progress;
  const pages = report.pages === null ? '' : `, ${report.pages.toLocaleString('en')} pages`;
  return html`<article>
<h2>${report.title}</h2>
<p>${REPORT_WORDS[report.state]}${pages}</p>
${
  report.state === 'generating' &&
  html`<progress max="${total}" value="${done}" aria-label="${report.title}"></progress>
<p class="muted">${done} of ${total} parts${etaSeconds !== null && `, ${timeLeft(etaSeconds)}`}</p>`
}
${pagesDrawn > 0 && html`<p class="muted">${pagesDrawn.toLocaleString('en')} pages drawn</p>`}
${report.links && html`<a class="button" href="${report.links.download}">Download the PDF</a>`}
</article>`;
}

function when(at: string): string {
  const minutes = Math.ceil((Date.parse(at) - Date.now()) / 60_000);
  return minutes <= 1 ? 'in about a minute' : `in about ${minutes} minutes`;
}

function timeLeft(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (minutes <= 1) return 'about a minute left';
  if (minutes < 90) return `about ${minutes} minutes left`;
  const hours = Math.round(minutes / 30) / 2;
  return `about ${hours} hours left`;
}

function priceOf(order: OrderSnapshot): string {
  return formatMoney(order.amountMinor, order.currency);
}
