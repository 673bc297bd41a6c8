import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../../src/http/pages/assets.ts';
import { html } from '../../../src/http/pages/html.ts';
import { orderPage } from '../../../src/http/pages/order-page.ts';
import type { OrderSnapshot } from '../../../src/orders/customers/read-order.ts';

const snapshot: OrderSnapshot = {
  orderId: 'ord_1',
  status: 'paid',
  revision: 7,
  products: ['blueprint'],
  amountMinor: 1900,
  currency: 'usd',
  refundedMinor: 0,
  refundDueMinor: 0,
  createdAt: '2026-11-21T00:00:00.000Z',
  paidAt: '2026-11-21T00:00:00.000Z',
  checkoutUrl: null,
  birth: null,
  reports: [
    {
      product: 'blueprint',
      title: 'Blueprint <b>',
      state: 'generating',
      progress: { done: 13, total: 52, etaSeconds: 180 },
      pages: null,
      links: null,
    },
  ],
  cancellable: false,
  erased: false,
  erasureWaits: false,
  emails: [],
};

test('says how far along each report is, and how long it will take', () => {
  const page = orderPage(snapshot);
  expect(page).toContain('<progress max="52" value="13"');
  expect(page).toContain('13 of 52 parts, about 3 minutes left');
  expect(page).toContain('data-revision="7"');
});

test.each([
  [20, 'about a minute left'],
  [3_600, 'about 60 minutes left'],
  [9_000, 'about 2.5 hours left'],
])('%s seconds are written as "%s"', (etaSeconds, words) => {
  const [report] = snapshot.reports;
  if (!report) throw new Error('no report');
  const progress = { ...report.progress, etaSeconds };
  expect(orderPage({ ...snapshot, reports: [{ ...report, progress }] })).toContain(words);
});

test('has words for one report and several, for one not begun, and for a delay', () => {
  const [report] = snapshot.reports;
  if (!report) throw new Error('no report');
  expect(orderPage(snapshot)).toContain('Your report is being written');
  expect(orderPage({ ...snapshot, reports: [report, report] })).toContain('Your reports are being');
  const waiting = { ...snapshot, reports: [{ ...report, state: 'waiting' as const }] };
  expect(orderPage(waiting)).toContain('Your order is paid');
  const emails = [{ kind: 'delayed' as const, state: 'sent' as const, sentAt: null }];
  expect(orderPage({ ...waiting, emails })).toContain('longer than promised');
});

test('amounts are written in the form of their currency, also if it has no cents', () => {
  expect(orderPage(snapshot)).toContain('$19.00');
  expect(orderPage({ ...snapshot, currency: 'jpy' })).toContain('¥1,900');
});

test('values cannot become markup', () => {
  expect(orderPage(snapshot)).toContain('Blueprint &#60;b&#62;');
  expect(html`<p title="${`"><script>&'`}">`.text).toBe(
    '<p title="&#34;&#62;&#60;script&#62;&#38;&#39;">',
  );
});

test("the policy allows the page's own style and script, and no others", () => {
  const page = orderPage(snapshot);
  for (const tag of ['style', 'script']) {
    const text = new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(text).digest('base64');
    expect(text).not.toBe('');
    expect(contentSecurityPolicy).toContain(`${tag}-src 'sha256-${hash}'`);
  }
  expect(contentSecurityPolicy).toContain("default-src 'none'");
});
