import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../src/domain/ids.ts';
import { newRefund, refundIdOf } from '../../../src/domain/refund.ts';
import type { Report } from '../../../src/domain/report.ts';
import { MOVE_NAMES } from '../../../src/orders/operators/moves.ts';
import { catalogue } from '../../../src/products/catalogue.ts';
import { sampleOrder, sampleReport, sampleSection } from '../../workers/sample.ts';
import { type ApiRig, startApi } from '../api-rig.ts';
import { signIn } from './sign-in.ts';

let api: ApiRig;
let report: Report;
let operator: { cookie: string };
beforeAll(async () => {
  api = await startApi();
  operator = { cookie: await signIn(api) };
});
beforeEach(async () => {
  const order = sampleOrder(newId('ord'));
  report = sampleReport(order.id);
  await api.store.orders.insert(order);
});
afterAll(() => api[Symbol.asyncDispose]());

const why = { why: 'asked by the customer' };
const stand = (change: Partial<Report> = {}) =>
  api.store.reports.upsert([{ ...report, ...change }]);
const stored = () => api.store.reports.find(report.id);
const act = (action: string, body: object = why) =>
  api.post(`/v1/operator/reports/${report.id}/${action}`, body, operator);
const actions = async () =>
  (await api.store.audit.ofOrder(report.orderId)).map(({ action, detail }) => [action, detail]);
const jobState = async () =>
  (await api.boardQueues.find(({ name }) => name === 'blueprint')?.getJob(report.id))?.getState();
const failed = {
  state: 'failed',
  reason: 'attempts',
  attempts: 3,
  runningMs: 9,
  fence: 4,
} as const;

test('every address is closed without the password', async () => {
  await stand();
  expect((await api.request('/v1/operator/reports')).status).toBe(401);
  expect((await api.post(`/v1/operator/reports/${report.id}/cancel`, why)).status).toBe(401);
  expect((await stored())?.state).toBe('waiting');
});

test('failed reports are listed with what an operator needs to know', async () => {
  await stand(failed);
  const response = await api.request('/v1/operator/reports?state=failed', { headers: operator });
  const { reports } = (await response.json()) as { reports: { reportId: string }[] };
  expect(reports).toContainEqual(
    expect.objectContaining({ reportId: report.id, reason: 'attempts', attempts: 3, edition: 1 }),
  );
  expect(JSON.stringify(reports)).not.toContain('Ada');
});

test('a retried report starts with new counts, and its refund is not sent', async () => {
  await stand(failed);
  const order = sampleOrder(report.orderId);
  await api.store.refunds.ensure(
    newRefund({ order, report, reason: 'failed', dueAt: new Date() }, new Date()),
  );
  const response = await act('retry');
  expect(await response.json()).toMatchObject({ state: 'waiting', edition: 1, gift: false });
  expect(await stored()).toMatchObject({
    state: 'waiting',
    attempts: 0,
    runningMs: 0,
    settledAt: null,
    notBefore: null,
  });
  expect((await api.store.refunds.find(refundIdOf(report.id)))?.state).toBe('void');
  expect(await jobState()).toBe('waiting');
  expect(await actions()).toEqual([['retry', why.why]]);
});

test('a retry after the refund was sent is a gift, and is audited as one', async () => {
  await stand(failed);
  const now = new Date();
  const order = sampleOrder(report.orderId);
  await api.store.refunds.ensure(newRefund({ order, report, reason: 'failed', dueAt: now }, now));
  await api.store.refunds.move(refundIdOf(report.id), 'due', 'sending');
  await api.store.refunds.move(refundIdOf(report.id), 'sending', 'done');
  expect(await (await act('retry')).json()).toMatchObject({ gift: true });
  expect((await actions()).map(([action]) => action).toSorted()).toEqual(['gift', 'retry']);
});

test('a retry from a step opens an edition that reads earlier steps from the last edition', async () => {
  await stand(failed);
  const response = await act('retry', { ...why, fromStep: 3 });
  expect(await response.json()).toMatchObject({ edition: 2 });
  expect((await stored())?.editions).toEqual([
    { edition: 1, fromStep: 1 },
    { edition: 2, fromStep: 3 },
  ]);
});

test('a step that the report does not have is refused, with the field', async () => {
  await stand(failed);
  const response = await act('retry', { ...why, fromStep: 5 });
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({ errors: [{ field: 'fromStep' }] });
  expect((await stored())?.state).toBe('failed');
});

test('a held report keeps the time it had left, and resumes at once when it is released', async () => {
  const before = new Date(Date.now() - 60_000);
  const deadline = new Date(Date.now() + 3_600_000);
  await stand({
    state: 'held',
    heldAt: before.toISOString(),
    deadline: deadline.toISOString(),
    crashes: 5,
  });
  expect((await act('release')).status).toBe(200);
  const released = await stored();
  expect(released).toMatchObject({ state: 'waiting', crashes: 0, heldAt: null });
  const gained = Date.parse(released?.deadline ?? '') - deadline.getTime();
  expect(gained).toBeGreaterThanOrEqual(60_000);
  expect(gained).toBeLessThan(70_000);
  expect(await jobState()).toBe('waiting');
});

test('a report can be held in mid-run, and its run can then write nothing more', async () => {
  await stand();
  const claimed = await api.store.reports.claim(report.id, new Date());
  expect((await act('hold')).status).toBe(200);
  expect(await stored()).toMatchObject({ state: 'held', reason: 'operator' });
  const late = await api.store.reports.move(
    report.id,
    claimed?.fence ?? 0,
    'rendering',
    new Date(),
  );
  expect(late).toBeNull();
});

test('a cancelled report stays cancelled, and its share is paid back', async () => {
  await stand({ state: 'generating', fence: 2 });
  expect((await act('cancel')).status).toBe(200);
  expect(await stored()).toMatchObject({ state: 'cancelled', settledAt: expect.any(String) });
  expect(await api.store.refunds.find(refundIdOf(report.id))).toMatchObject({
    state: 'due',
    reason: 'operator', // the letter does not say that the customer asked for it
    amountMinor: 1900,
  });
});

test.each([
  ['release', 'waiting'],
  ['retry', 'delivered'],
  ['cancel', 'delivered'],
  ['hold', 'failed'],
  ['hasten', 'generating'],
] as const)('%s is refused with the reason for a report that is %s', async (action, state) => {
  await stand({ state });
  const response = await act(action);
  expect(response.status).toBe(409);
  expect(await response.json()).toMatchObject({
    code: 'report_state',
    detail: expect.stringContaining(`is ${state}`),
  });
  expect(await actions()).toEqual([]);
});

test('an unknown report is 404', async () => {
  expect((await act('hold')).status).toBe(404);
});

const press = (button: string) =>
  api.request(`/operator/queues/api/queues/blueprint/${button}`, {
    method: 'PUT',
    headers: operator,
  });
const ensure = (delayMs: number) =>
  api.queue.ensure({ reportId: report.id, orderId: report.orderId, queue: 'blueprint', delayMs });

test.each(MOVE_NAMES)('%s without a why is refused, naming the field', async (action) => {
  await stand();
  const response = await act(action, {});
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({ errors: [{ field: 'why' }] });
  expect(await actions()).toEqual([]);
});

test('a waiting report that is hastened may be claimed at once, and the audit says why', async () => {
  await stand({ notBefore: new Date(Date.now() + 600_000).toISOString() });
  expect(await (await act('hasten')).json()).toMatchObject({ state: 'waiting', notBefore: null });
  expect(await jobState()).toBe('waiting');
  expect(await actions()).toEqual([['hasten', why.why]]);
});

test("Bull Board's promote makes a snoozed report run now, and the audit knows the button", async () => {
  await stand({ notBefore: new Date(Date.now() + 600_000).toISOString() });
  await ensure(600_000);
  expect((await press(`${report.id}/promote`)).status).toBeLessThan(300);
  expect((await stored())?.notBefore).toBeNull();
  expect(await jobState()).toBe('waiting');
  expect(await actions()).toEqual([['hasten', 'by a button of Bull Board']]);
});

test("Bull Board's promote of all makes every snoozed report run now", async () => {
  await stand({ notBefore: new Date(Date.now() + 600_000).toISOString() });
  await ensure(600_000);
  expect((await press('promote')).status).toBeLessThan(300);
  expect((await stored())?.notBefore).toBeNull();
  expect(await jobState()).toBe('waiting');
});

test('a job cannot be added in Bull Board', async () => {
  const response = await api.post(
    '/operator/queues/api/queues/blueprint/add',
    { name: 'carry-out-report', data: { reportId: report.id, orderId: report.orderId } },
    operator,
  );
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(await jobState()).toBeUndefined();
});

test('a release that would ask finished steps again is refused with their number until the operator says so', async () => {
  // this build lacks its version, and so knows no successor
  await stand({
    state: 'held',
    reason: 'openai_model',
    heldAt: new Date().toISOString(),
    version: 0,
  });
  const { subject } = sampleOrder(report.orderId);
  const newest = catalogue.newest(report.productId);
  await api.store.facts.insert(report.id, report.orderId, newest.gatherFacts(subject));
  for (const step of [1, 2, 3]) await api.store.sections.insert(sampleSection(report, step));

  const refused = await act('release');
  expect([refused.status, await refused.json()]).toEqual([
    409,
    expect.objectContaining({
      code: 'report_asks_again',
      detail: expect.stringMatching(/3 finished steps would be asked.*"askAgain": true/),
    }),
  ]);
  expect(await stored()).toMatchObject({ state: 'held', version: 0 });
  const released = await act('release', { ...why, askAgain: true });
  expect(await released.json()).toMatchObject({
    state: 'waiting',
    version: newest.version,
    model: newest.model.name,
    edition: 2,
  });
  expect(await actions()).toEqual([
    ['release', expect.stringMatching(/asked again from step 1, 3 of 3 finished steps$/)],
  ]);
});
