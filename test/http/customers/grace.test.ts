import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../../src/domain/report.ts';
import {
  type ApiRig,
  bearer,
  OPERATOR_PASSWORD,
  type Placed,
  place,
  startApi,
} from '../api-rig.ts';
import { orderOf, paidOrder } from '../operators/money-moves.ts';

const GRACE_MS = 600_000;
const BUNDLE = { products: ['bundle'] };
const KYOTO = { name: 'Kyoto', latitude: 35.0116, longitude: 135.7681, timeZone: 'Asia/Tokyo' };
const KYOTO_BIRTH = { name: 'Aiko', date: '1991-02-03', time: '06:07', place: KYOTO };

let api: ApiRig;
beforeAll(async () => {
  api = await startApi({}, { graceLong: GRACE_MS });
});
afterAll(() => api[Symbol.asyncDispose]());

const reportsOf = ({ orderId }: Placed) => api.store.reports.ofOrder(orderId);
const read = async (placed: Placed) =>
  (await (await api.request(`/v1/orders/${placed.orderId}`, bearer(placed))).json()) as {
    graceEndsAt: string | null;
    correctable: boolean;
    cancellable: boolean;
  };
const act = (placed: Placed, what: string, body?: object) =>
  body === undefined
    ? api.request(`/v1/orders/${placed.orderId}/${what}`, { method: 'POST', ...bearer(placed) })
    : api.post(`/v1/orders/${placed.orderId}/${what}`, body, bearer(placed).headers);
const refusal = async (response: Response) => {
  const { code } = (await response.json()) as { code: string };
  return `${response.status} ${code}`;
};
const correct = (placed: Placed, birth: object = KYOTO_BIRTH) => act(placed, 'correct', { birth });
const jobStates = async (reports: readonly Report[]) =>
  Promise.all(
    reports.map(async ({ id, queue }) => {
      const jobs = api.boardQueues.find(({ name }) => name === queue);
      return (await jobs?.getJob(id))?.getState();
    }),
  );

async function claimFirst(placed: Placed): Promise<Report> {
  const [report] = await reportsOf(placed);
  if (!report) throw new Error('no report');
  await api.store.reports.claim(report.id, new Date(Date.now() + GRACE_MS));
  await api.store.orders.freezeSubject(placed.orderId, new Date());
  return report;
}

test('no report of an order with the horoscope begins before its grace ends, and its page says when that is', async () => {
  const placed = await paidOrder(api, BUNDLE);
  const { paidAt } = await orderOf(api, placed);
  const end = new Date(Date.parse(paidAt ?? '') + GRACE_MS).toISOString();
  const reports = await reportsOf(placed);
  expect(reports.map(({ notBefore }) => notBefore)).toEqual([end, end, end]);
  // the deadline counts from payment
  const deadline = new Date(Date.parse(paidAt ?? '') + api.timings.deadline).toISOString();
  expect(reports.map((report) => report.deadline)).toEqual([deadline, deadline, deadline]);
  expect(await jobStates(reports)).toEqual(['delayed', 'delayed', 'delayed']);
  expect(await read(placed)).toMatchObject({
    graceEndsAt: end,
    correctable: true,
    cancellable: true,
  });
  for (const { id } of reports) expect(await api.store.reports.claim(id, new Date())).toBeNull();
});

test('an order of short reports begins at once, and can be corrected until a run has begun one', async () => {
  const placed = await paidOrder(api, { products: ['life-clarity', 'blueprint'] });
  const reports = await reportsOf(placed);
  expect(reports.map(({ notBefore }) => notBefore)).toEqual([null, null]);
  expect(await read(placed)).toMatchObject({ graceEndsAt: null, correctable: true });
  expect((await correct(placed)).status).toBe(200);
  await claimFirst(placed);
  expect(await read(placed)).toMatchObject({ correctable: false, cancellable: false });
  expect(await refusal(await correct(placed))).toBe('409 too_late_to_change');
});

describe('"start now"', () => {
  test('begins every report at once, however often it is asked for', async () => {
    const placed = await paidOrder(api, BUNDLE);
    const before = await orderOf(api, placed);
    const answers = await Promise.all([1, 2, 3].map(() => act(placed, 'start')));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    const reports = await reportsOf(placed);
    expect(reports.map(({ notBefore }) => notBefore)).toEqual([null, null, null]);
    expect(await jobStates(reports)).toEqual(['waiting', 'waiting', 'waiting']);
    const { graceUntil } = await orderOf(api, placed);
    expect(Date.parse(graceUntil ?? '')).toBeLessThan(Date.parse(before.graceUntil ?? ''));
    expect(await read(placed)).toMatchObject({ graceEndsAt: null });
    expect((await act(placed, 'start')).status).toBe(202);
  });

  test('also begins the reports of an order that was cut short before they were written', async () => {
    const placed = await place(api, BUNDLE);
    const graceUntil = new Date(Date.now() + GRACE_MS).toISOString();
    const paidAt = new Date().toISOString();
    await api.store.orders.move(placed.orderId, 'paid', { paidAt, graceUntil });
    expect((await act(placed, 'start')).status).toBe(202);
    const reports = await reportsOf(placed);
    expect(reports.map(({ notBefore }) => notBefore)).toEqual([null, null, null]);
  });

  test('is refused before payment, and once the order has ended', async () => {
    const placed = await place(api, BUNDLE);
    expect(await refusal(await act(placed, 'start'))).toBe('402 not_paid');
    await act(placed, 'cancel');
    expect(await refusal(await act(placed, 'start'))).toBe('409 too_late_to_change');
    expect(await refusal(await correct(placed))).toBe('409 too_late_to_change');
  });

  test('the button on the order page needs no script, and leads back to the page', async () => {
    const placed = await paidOrder(api, BUNDLE);
    const page = async () => (await api.request(`/o/${placed.accessToken}`)).text();
    expect(await page()).toContain(`action="/o/${placed.accessToken}/start"`);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const press = (what: string) =>
      api.request(`/o/${placed.accessToken}/${what}`, { method: 'POST', headers: form, body: '' });
    const pressed = await press('start');
    expect([pressed.status, pressed.headers.get('location')]).toEqual([
      303,
      `/o/${placed.accessToken}`,
    ]);
    expect((await reportsOf(placed)).map(({ notBefore }) => notBefore)).toEqual([null, null, null]);
    expect((await press('cancel')).status).toBe(303);
    expect(await page()).toContain('This order was cancelled');
    const late = await press('start');
    expect(late.status).toBe(409);
    expect(late.headers.get('content-type')).toContain('text/html');
  });
});

describe('a correction', () => {
  test('derives instant, place and report year again, and leaves products, price and deadline', async () => {
    const placed = await paidOrder(api, BUNDLE);
    const before = await orderOf(api, placed);
    const [report] = await reportsOf(placed);
    if (!report) throw new Error('no report');
    await api.store.facts.insert(report.id, placed.orderId, { ephemeris: 'old' } as never);
    const answer = await correct(placed);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ orderId: placed.orderId, status: 'paid' });
    const after = await orderOf(api, placed);
    const day = { timeZone: 'Asia/Tokyo', dateStyle: 'short' } as const;
    expect(after.subject).toMatchObject({
      birth: { name: 'Aiko', place: KYOTO, utc: '1991-02-02T21:07:00Z', offsetSeconds: 32_400 },
      reportYear: {
        timeZone: 'Asia/Tokyo',
        startDate: new Intl.DateTimeFormat('sv-SE', day).format(new Date(before.createdAt)),
      },
    });
    const { subject: _, subjectVersion, revision, ...rest } = after;
    const { subject: __, revision: ___, ...old } = before;
    expect(rest).toEqual(old);
    expect([subjectVersion, revision > before.revision]).toEqual([1, true]);
    expect(await api.store.facts.find(report.id)).toBeNull();
    expect((await reportsOf(placed))[0]).toMatchObject({
      notBefore: before.graceUntil,
      deadline: report.deadline,
    });
  });

  test('keeps the zone and the first day that were asked for', async () => {
    const asked = { timeZone: 'America/New_York', startDate: '2027-05-06' };
    const placed = await paidOrder(api, { ...BUNDLE, ...asked });
    await correct(placed);
    expect((await orderOf(api, placed)).subject.reportYear).toEqual(asked);
    const late = await correct(placed, { ...KYOTO_BIRTH, date: '2027-05-07' });
    expect(late.status).toBe(422);
  });

  test('is in the audit without its values, and told in one letter however often it is made', async () => {
    const placed = await paidOrder(api, BUNDLE);
    expect((await correct(placed)).status).toBe(200);
    expect((await correct(placed)).status).toBe(200); // the same again
    expect((await correct(placed, { ...KYOTO_BIRTH, time: null })).status).toBe(200);
    const audit = await api.store.audit.ofOrder(placed.orderId);
    expect(audit.map(({ actor, action, detail }) => [actor, action, detail])).toEqual([
      ['customer', 'correct', expect.stringContaining('name, date, time, place')],
      ['customer', 'correct', expect.stringContaining('time')],
    ]);
    expect(JSON.stringify(audit)).not.toMatch(/Aiko|Kyoto|1991/);
    const letters = await api.store.emails.ofOrder(placed.orderId);
    expect(letters.map(({ kind }) => kind).sort()).toEqual(['corrected', 'received']);
  });

  test('is refused with the fields to correct when the birth cannot be', async () => {
    const placed = await paidOrder(api, BUNDLE);
    const bad = await correct(placed, { ...KYOTO_BIRTH, date: '1991-02-30' });
    expect(bad.status).toBe(422);
    expect(JSON.stringify(await bad.json())).toContain('birth.date');
    const more = await act(placed, 'correct', { birth: KYOTO_BIRTH, products: ['blueprint'] });
    expect(more.status).toBe(422);
    expect((await orderOf(api, placed)).subject.birth.name).toBe('Ada');
  });

  test('is refused once a run has begun one report, is not paid, or is another customer’s', async () => {
    const placed = await paidOrder(api, BUNDLE);
    const other = await place(api, BUNDLE);
    expect(await refusal(await correct(other))).toBe('402 not_paid');
    const foreign = { ...placed, accessToken: other.accessToken };
    expect(await refusal(await correct(foreign))).toBe('404 not_found');
    await claimFirst(placed);
    expect(await refusal(await correct(placed))).toBe('409 too_late_to_change');
    expect((await orderOf(api, placed)).subject.birth.name).toBe('Ada');
  });

  test('does not bring a person back into an order that was erased', async () => {
    const placed = await paidOrder(api, { ...BUNDLE, startDate: '2027-05-06' });
    const erased = await api.request(`/v1/orders/${placed.orderId}`, {
      method: 'DELETE',
      ...bearer(placed),
    });
    expect(erased.status).toBe(200);
    expect(await refusal(await correct(placed))).toBe('409 too_late_to_change');
    const { subject, reportYearAsked } = await orderOf(api, placed);
    expect([subject.birth.name, reportYearAsked]).toEqual(['', {}]);
  });
});

test('an order of before the grace is read as having none', async () => {
  const placed = await place(api, BUNDLE);
  await api.store.orders.move(placed.orderId, 'paid', { paidAt: new Date().toISOString() });
  expect(await read(placed)).toMatchObject({ graceEndsAt: null, correctable: true });
  expect((await act(placed, 'start')).status).toBe(202);
  expect((await correct(placed)).status).toBe(200);
});

test('whoever cancels in the grace gets everything back, and its jobs do not wait for the end', async () => {
  const placed = await paidOrder(api, BUNDLE);
  expect((await act(placed, 'cancel')).status).toBe(202);
  const reports = await reportsOf(placed);
  expect(reports.map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  expect(await jobStates(reports)).toEqual(['waiting', 'waiting', 'waiting']);
  const { amountMinor } = await orderOf(api, placed);
  expect(await api.store.refunds.ofOrder(placed.orderId)).toMatchObject([
    { amountMinor, reason: 'cancelled' },
  ]);
});

describe('an operator', () => {
  const operate = async (report: Report | undefined, move: string, more: object = {}) =>
    api.post(
      `/v1/operator/reports/${report?.id}/${move}`,
      { why: 'asked', ...more },
      { authorization: `Bearer ${OPERATOR_PASSWORD}` },
    );

  test('hastens and releases a report in its grace only if the customer asked, which starts the whole order', async () => {
    const placed = await paidOrder(api, BUNDLE);
    const [first, second] = await reportsOf(placed);
    expect(await refusal(await operate(first, 'hasten'))).toBe('409 report_in_grace');
    expect((await operate(second, 'hold')).status).toBe(200);
    expect(await refusal(await operate(second, 'release'))).toBe('409 report_in_grace');
    expect((await operate(second, 'release', { customerAsked: true })).status).toBe(200);
    expect((await reportsOf(placed)).map(({ state, notBefore }) => [state, notBefore])).toEqual([
      ['waiting', null],
      ['waiting', null],
      ['waiting', null],
    ]);
    const audit = await api.store.audit.ofOrder(placed.orderId);
    expect(audit.at(-1)).toMatchObject({ action: 'release', detail: 'asked; the customer asked' });
    expect((await operate(first, 'hasten')).status).toBe(200);
  });

  test('cannot promote a report in its grace in Bull Board, neither alone nor with all others', async () => {
    const placed = await paidOrder(api, BUNDLE);
    const [report] = await reportsOf(placed);
    const jobs = `/operator/queues/api/queues/${report?.queue}`;
    const press = (path: string) =>
      api.request(`${jobs}/${path}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${OPERATOR_PASSWORD}` },
      });
    expect((await press(`${report?.id}/promote`)).status).toBeGreaterThanOrEqual(400);
    await press('promote');
    const { graceUntil } = await orderOf(api, placed);
    expect((await reportsOf(placed))[0]?.notBefore).toBe(graceUntil);
    expect((await jobStates(await reportsOf(placed)))[0]).toBe('delayed');
  });
});
