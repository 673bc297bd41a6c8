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
  correctable: false,
  graceEndsAt: null,
  erased: false,
  erasureWaits: false,
  emails: [],
};

const page = (order: OrderSnapshot): string => orderPage(order, '/o/token');

test('says how far along each report is, and how long it will take', () => {
  const shown = page(snapshot);
  expect(shown).toContain('<progress max="52" value="13"');
  expect(shown).toContain('13 of 52 parts, about 3 minutes left');
  expect(shown).toContain('data-revision="7"');
});

test.each([
  [20, 'about a minute left'],
  [3_600, 'about 60 minutes left'],
  [9_000, 'about 2.5 hours left'],
])('%s seconds are written as "%s"', (etaSeconds, words) => {
  const [report] = snapshot.reports;
  if (!report) throw new Error('no report');
  const progress = { ...report.progress, etaSeconds };
  expect(page({ ...snapshot, reports: [{ ...report, progress }] })).toContain(words);
});

test('has words for one report and several, for one not begun, and for a delay', () => {
  const [report] = snapshot.reports;
  if (!report) throw new Error('no report');
  expect(page(snapshot)).toContain('Your report is being written');
  expect(page({ ...snapshot, reports: [report, report] })).toContain('Your reports are being');
  const waiting = { ...snapshot, reports: [{ ...report, state: 'waiting' as const }] };
  expect(page(waiting)).toContain('Your order is paid');
  const emails = [{ kind: 'delayed' as const, state: 'sent' as const, sentAt: null }];
  expect(page({ ...waiting, emails })).toContain('longer than promised');
});

test('amounts are written in the form of their currency, also if it has no cents', () => {
  expect(page(snapshot)).toContain('$19.00');
  expect(page({ ...snapshot, currency: 'jpy' })).toContain('¥1,900');
});

test('values cannot become markup', () => {
  expect(page(snapshot)).toContain('Blueprint &#60;b&#62;');
  expect(html`<p title="${`"><script>&'`}">`.text).toBe(
    '<p title="&#34;&#62;&#60;script&#62;&#38;&#39;">',
  );
});

test("the policy allows the page's own style and script, and no others", () => {
  const shown = page(snapshot);
  for (const tag of ['style', 'script']) {
    const text = new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(shown)?.[1] ?? '';
    const hash = createHash('sha256').update(text).digest('base64');
    expect(text).not.toBe('');
    expect(contentSecurityPolicy).toContain(`${tag}-src 'sha256-${hash}'`);
  }
  expect(contentSecurityPolicy).toContain("default-src 'none'");
});

test('in the grace it says when we begin, and offers to start or to cancel by forms that need no script', () => {
  const [report] = snapshot.reports;
  if (!report) throw new Error('no report');
  const reports = [{ ...report, state: 'waiting' as const }];
  const graceEndsAt = new Date(Date.now() + 8.5 * 60_000).toISOString();
  const grace = { ...snapshot, reports, graceEndsAt, cancellable: true, correctable: true };
  const shown = page(grace);
  expect(shown).toContain('We begin in about 9 minutes');
  expect(shown).toContain('<form method="post" action="/o/token/start">');
  expect(shown).toContain('<form method="post" action="/o/token/cancel"');
  const over = page({ ...grace, graceEndsAt: null });
  expect(over).not.toContain('/o/token/start');
  expect(over).toContain('/o/token/cancel');
});
