import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkIdOf, newLink } from '../../../src/domain/link.ts';
import type { Report } from '../../../src/domain/report.ts';
import { type ApiRig, bearer, goodOrder, type Placed, place, startApi } from '../api-rig.ts';

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

/** Pays, then takes the only report through its states as a worker does. */
async function deliverReport(placed: Placed): Promise<Report> {
  await api.pay(placed.orderId);
  await api.request(`/v1/orders/${placed.orderId}/confirm`, { method: 'POST', ...bearer(placed) });
  const [report] = await api.store.reports.ofOrder(placed.orderId);
  if (!report) throw new Error('no report');
  const now = new Date();
  const { fence } = (await api.store.reports.claim(report.id, now)) ?? { fence: -1 };
  const key = `${report.id}/e1.pdf`;
  const pdf = { edition: 1, key, url: 'private', pages: 15, bytes: 1, sha256: '' };
  await api.store.reports.move(report.id, fence, 'rendering', now);
  await api.store.reports.move(report.id, fence, 'delivering', now, { pdf });
  await api.store.reports.move(report.id, fence, 'delivered', now);
  return report;
}

async function linkTo(report: Report, expiresAt: Date): Promise<string> {
  const link = await api.store.links.ensure(newLink(report, expiresAt.toISOString(), new Date()));
  return `/d/${api.tokens.make('link', link.id, link.generation)}`;
}

const later = () => new Date(Date.now() + 60_000);

test('the order page shows the order, and its cookie reads this order only', async () => {
  const [placed, other] = [await place(api), await place(api)];
  const page = await api.request(`/o/${placed.accessToken}`);
  expect(page.status).toBe(200);
  expect(page.headers.get('cache-control')).toBe('no-store');
  expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  const html = await page.text();
  expect(html).toContain('Pay $9.00');
  expect(html).not.toMatch(/(src|href)="https?:\/\/(?!127\.0\.0\.1)/);

  const cookie = page.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/HttpOnly; Secure; SameSite=Lax/);
  expect(cookie).toContain(`Path=/v1/orders/${placed.orderId};`);
  const headers = { cookie: cookie.split(';')[0] ?? '' };
  expect((await api.request(`/v1/orders/${placed.orderId}`, { headers })).status).toBe(200);
  expect((await api.request(`/v1/orders/${other.orderId}`, { headers })).status).toBe(404);
});

test('the order page offers the PDF once it is delivered', async () => {
  const placed = await place(api);
  const report = await deliverReport(placed);
  const html = await (await api.request(`/o/${placed.accessToken}`)).text();
  expect(html).toContain(`/v1/orders/${report.orderId}/reports/life-clarity`);
  expect(html).toContain('15 pages');
});

test('a token that opens no order gets a 404 page, and its address is not logged', async () => {
  const placed = await place(api);
  const response = await api.request(`/o/${placed.accessToken}x`);
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toMatch('text/html');
  await api.request(`/o/${placed.accessToken}`);
  expect(api.lines.join('')).not.toContain(placed.accessToken);
});

test('a wrong token of any length is answered with a 404 page', async () => {
  for (const length of [1, 90, 150]) {
    const response = await api.request(`/d/${'x'.repeat(length)}`);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toMatch('text/html');
  }
});

test('an e-mailed link opens the PDF and counts it', async () => {
  const report = await deliverReport(await place(api));
  const path = await linkTo(report, later());
  const response = await api.request(path);
  expect(response.status).toBe(302);
  expect(response.headers.get('location')).toBe(
    `https://blob.example/${report.id}/e1.pdf?signature=1`,
  );
  const downloads = async () => (await api.store.links.find(`lnk_${report.id}`))?.downloads;
  expect(await downloads()).toBe(1);
  // the same download, broken off and resumed; then another from its first byte
  const part = (range: string) => api.request(path, { headers: { range } });
  expect((await part('bytes=1000-')).status).toBe(302);
  expect(await downloads()).toBe(1);
  await part('bytes=0-');
  expect(await downloads()).toBe(2);
});

test('an expired link is a 410 page that says what to do, and renewing it revokes the old one', async () => {
  const report = await deliverReport(await place(api));
  const path = await linkTo(report, new Date(Date.now() - 1_000));
  const expired = await api.request(path);
  expect(expired.status).toBe(410);
  expect(await expired.text()).toMatch(/order page/);
  const link = { id: linkIdOf(report.id), orderId: report.orderId };
  await api.store.links.renew(link, later().toISOString());
  expect((await api.request(path)).status).toBe(410);
});

test("an access token does not open a link, and a link's token does not open an order", async () => {
  const placed = await place(api);
  const report = await deliverReport(placed);
  const link = (await linkTo(report, later())).slice('/d/'.length);
  expect((await api.request(`/d/${placed.accessToken}`)).status).toBe(404);
  expect((await api.request(`/o/${link}`)).status).toBe(404);
});

test('a report is opened with the access token, and not before it is delivered', async () => {
  const placed = await place(api, goodOrder());
  const path = `/v1/orders/${placed.orderId}/reports/life-clarity`;
  expect((await api.request(path, bearer(placed))).status).toBe(404);
  await api.pay(placed.orderId);
  await api.request(`/v1/orders/${placed.orderId}/confirm`, { method: 'POST', ...bearer(placed) });
  const early = await api.request(path, bearer(placed));
  expect(early.status).toBe(409);
  expect(await early.json()).toMatchObject({ code: 'report_not_ready' });

  const done = await place(api);
  const report = await deliverReport(done);
  const donePath = `/v1/orders/${done.orderId}/reports/life-clarity`;
  expect((await api.request(donePath)).status).toBe(401);
  const opened = await api.request(donePath, bearer(done));
  expect(opened.status).toBe(302);
  expect(opened.headers.get('location')).toContain(`${report.id}/e1.pdf`);
  const order = await (await api.request(`/v1/orders/${done.orderId}`, bearer(done))).json();
  expect(order).toMatchObject({
    reports: [{ state: 'delivered', pages: 15, links: { shared: null } }],
  });
});
