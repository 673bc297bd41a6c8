/** The commands of an operator, on a store and stand-ins of this test. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as models from '../../../cli/commands/models.ts';
import * as order from '../../../cli/commands/order.ts';
import * as purge from '../../../cli/commands/purge.ts';
import * as reconcile from '../../../cli/commands/reconcile.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/start.ts';
import { dueEmail } from '../../../src/domain/email.ts';
import { AlmanacError } from '../../../src/domain/errors.ts';
import { newRefund, refundIdOf } from '../../../src/domain/refund.ts';
import type { Report } from '../../../src/domain/report.ts';
import { openSample, sampleOrder, sampleReport, sampleSection } from '../../workers/sample.ts';

let sample: Awaited<ReturnType<typeof openSample>>;
let sandbox: Sandbox;
beforeAll(async () => {
  [sample, sandbox] = await Promise.all([openSample(), startSandbox()]);
});
afterAll(async () => {
  await sandbox.close();
  await sample.close();
});

/** Like `cli/almanac.ts`, but in this process: a new process takes a second to load. */
async function almanac(name: string, ...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line) => out.push(line));
  vi.spyOn(console, 'error').mockImplementation((line) => err.push(line));
  const env = {
    DATABASE_URL: sample.databaseUrl,
    STRIPE_API_URL: sandbox.urls.stripe,
    VERCEL_BLOB_API_URL: sandbox.urls.blob,
    // no command needs Redis: the sweeper adds the jobs
    REDIS_URL: 'redis://127.0.0.1:1',
  };
  for (const [variable, value] of Object.entries(env)) vi.stubEnv(variable, value);
  try {
    const code = await COMMANDS[name]?.run(args);
    return { code, out: out.join('\n'), err: err.join('\n') };
  } catch (error) {
    if (!(error instanceof AlmanacError)) throw error;
    return { code: 2, out: out.join('\n'), err: error.message };
  } finally {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  }
}
const COMMANDS: Record<string, { run(args: string[]): Promise<number> }> = {
  models,
  order,
  purge,
  reconcile,
};

async function stand(id: string, change: Partial<Report>): Promise<Report> {
  const report = sampleReport(id, change);
  await sample.store.orders.insert({ ...sampleOrder(id), paymentIntentId: `pi_${id}` });
  await sample.store.reports.upsert([report]);
  return report;
}

test('order lists what waits for an operator, or everything about one order, without personal data', async () => {
  const now = new Date();
  const held = await stand('ord_h', {
    state: 'held',
    reason: 'openai_key',
    heldAt: now.toISOString(),
  });
  await sample.store.sections.insert(sampleSection(held, 1));
  const failed = await stand('ord_f', { state: 'failed', reason: 'attempts' });
  await stand('ord_g', { state: 'failed', reason: 'attempts' }); // refunded long ago
  const owed = {
    order: sampleOrder('ord_f'),
    report: failed,
    reason: 'failed',
    dueAt: now,
  } as const;
  await sample.store.refunds.ensure(newRefund(owed, now));

  const list = await almanac('order');
  expect(list.err).toContain(`store: ${sample.databaseUrl}`);
  expect(list.out).toMatch(/ord_h-blueprint +held +openai_key +1 of 4/);
  expect(list.out).toMatch(/ord_f-blueprint +failed +attempts/);
  expect(list.out).not.toContain('ord_g');

  const one = await almanac('order', 'ord_f');
  expect(one.out).toMatch(/^ord_f: paid, \$19.00, \$0.00 refunded/);
  expect(one.out).toMatch(/rfd_ord_f-blueprint +due +\$19.00/);
  expect(list.out + one.out).not.toMatch(/Ada|ada@|Oslo/);
});

test('order releases, retries, holds, cancels and refunds like the routes, and prints the result', async () => {
  const held = await almanac('order', 'release', 'ord_h', '--why', 'the key is fixed');
  expect(held).toMatchObject({ code: 0 });
  expect(held.out).toMatch(/^ord_h-blueprint waits for a worker, until \d{4}-/);
  const retried = await almanac(
    'order',
    'retry',
    'ord_f-blueprint',
    '--from-step',
    '3',
    '--why',
    'x',
  );
  expect(retried.out).toContain('its share is kept');
  expect(await sample.store.reports.find('ord_f-blueprint')).toMatchObject({
    state: 'waiting',
    editions: [{ edition: 1 }, { edition: 2, fromStep: 3 }],
  });
  expect((await almanac('order', 'hold', 'ord_f', '--why', 'x')).out).toContain('is held');
  expect((await almanac('order', 'cancel', 'ord_h', '--why', 'x')).out).toContain('is cancelled');
  const back = await almanac('order', 'refund', 'ord_g', '--why', 'asked for');
  expect(back.out).toMatch(/^rfd_ord_g: at most \$19.00 is refunded/);
  expect(await sample.store.refunds.find(refundIdOf('ord_g'))).toMatchObject({ state: 'due' });
  expect((await sample.store.audit.ofOrder('ord_g')).map(({ detail }) => detail)).toEqual([
    'asked for',
  ]);
});

test('order begins a report in its grace only if the customer asked, and shows until when that is', async () => {
  const graceUntil = new Date(Date.now() + 600_000).toISOString();
  await stand('ord_i', { notBefore: graceUntil });
  await sample.store.orders.change('ord_i', { graceUntil });
  expect((await almanac('order', 'ord_i')).out).toContain(`grace until ${graceUntil.slice(0, 10)}`);
  const refused = await almanac('order', 'hasten', 'ord_i', '--why', 'x');
  expect(refused).toMatchObject({ code: 1, out: expect.stringContaining('--customer-asked') });
  expect((await sample.store.reports.find('ord_i-blueprint'))?.notBefore).toBe(graceUntil);
  const begun = await almanac('order', 'hasten', 'ord_i', '--why', 'x', '--customer-asked');
  expect(begun).toMatchObject({ code: 0 });
  expect((await sample.store.reports.find('ord_i-blueprint'))?.notBefore).toBeNull();
  const cancelled = await almanac('order', 'cancel', 'ord_i', '--why', 'x', '--customer-asked');
  expect(cancelled.err).toContain('only with release or hasten');
});

test('order sends a letter again that did not arrive, and refuses any other', async () => {
  const row = { key: 'ready-ord_g', kind: 'ready', orderId: 'ord_g', state: 'blocked' } as const;
  await sample.store.emails.insert(dueEmail(row, new Date()));
  expect((await almanac('order', 'resend', 'ready-ord_g')).err).toContain('--why');
  const again = await almanac('order', 'resend', 'ready-ord_g', '--why', 'unblocked');
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining('ready-ord_g is due') });
  expect(await sample.store.emails.find('ready-ord_g')).toMatchObject({ state: 'due' });
  expect((await sample.store.audit.ofOrder('ord_g')).at(-1)).toMatchObject({ action: 'resend' });
  const twice = await almanac('order', 'resend', 'ready-ord_g', '--why', 'x');
  expect(twice).toMatchObject({ code: 2, err: expect.stringContaining('is due: only a letter') });
});

test.each([
  [
    'a report in the wrong state',
    ['order', 'retry', 'ord_h', '--why', 'x'],
    1,
    'is cancelled, but retry needs a failed report',
  ],
  ['no such order', ['order', 'ord_none'], 2, 'There is no order ord_none'],
  ['no such report', ['order', 'hold', 'ord_none', '--why', 'x'], 2, 'There is no report ord_none'],
  ['no reason', ['order', 'hold', 'ord_h'], 2, '--why'],
  ['no such action', ['order', 'delete', 'ord_h'], 2, 'delete is not an action'],
  [
    'a step without a retry',
    ['order', 'hold', 'ord_h', '--why', 'x', '--from-step', '2'],
    2,
    '--from-step',
  ],
  ['an age of no days', ['purge', '--older-than', '0d'], 2, '--older-than 90d'],
  ['an age without a unit', ['purge', '--older-than', '90'], 2, '--older-than 90d'],
] as const)('says what is wrong: %s', async (_, [name, ...args], code, said) => {
  const answer = await almanac(name, ...args);
  expect(answer.code).toBe(code);
  expect(answer.out + answer.err).toContain(said);
});

test('a missing database is named, and is not created', async () => {
  const env = { PATH: process.env.PATH, DATABASE_URL: `sqlite:${sample.folder}/none.db` };
  const typed = promisify(execFile)(process.execPath, ['cli/almanac.ts', 'order'], { env });
  await expect(typed).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /^DATABASE_URL: there is no database at .*none.db\. Name the one.*\n$/,
    ),
  });
  expect(existsSync(`${sample.folder}/none.db`)).toBe(false);
});

test('reconcile says what it compared, what it left, and why', async () => {
  const none = await almanac('reconcile');
  expect(none).toMatchObject({ code: 0 });
  expect(none.out).toMatch(/\d orders compared, 0 changed, 0 lost events applied, 0 left/);
  await fetch(`${sandbox.urls.stripe}/_sandbox/faults`, {
    method: 'POST',
    body: JSON.stringify({ kind: '503', count: 2 }),
  });
  const away = await almanac('reconcile');
  expect(away.code).toBe(1);
  expect(away.out).toContain('left unchanged: Stripe does not answer');
  // the failed run has released its lease
  expect((await almanac('reconcile')).code).toBe(0);
});

test('purge lists the orders on a dry run, then erases them and says what it removed', async () => {
  const old = { state: 'fulfilled', settledAt: '2020-01-02T00:00:00.000Z' } as const;
  await sample.store.orders.insert({ ...sampleOrder('ord_old'), ...old });
  const report = sampleReport('ord_old', { state: 'delivered' });
  await sample.store.reports.upsert([report]);
  await sample.store.sections.insert(sampleSection(report, 1));
  const dry = await almanac('purge', '--older-than', '90d', '--dry-run');
  expect(dry.out).toContain('ord_old (fulfilled, ended 2020-01-02): would be erased');
  expect((await sample.store.orders.find('ord_old'))?.email).toBe('ada@example.com');
  const real = await almanac('purge', '--older-than', '90d');
  expect(real.out).toMatch(/ord_old .*: name, birth and address, 1 sections, /);
  expect(real.out).toMatch(/1 orders older than 90 days erased, 0 only in part/);
  expect((await sample.store.orders.find('ord_old'))?.email).toBe('');
  expect((await almanac('purge', '--older-than', '90d')).out).toContain('nothing to erase');
});

test('purge without an age says what is configured, and erases by it', async () => {
  const placed = { state: 'expired', paidAt: null, createdAt: '2020-01-02T00:00:00.000Z' } as const;
  const ended = { state: 'fulfilled', settledAt: '2020-01-03T00:00:00.000Z' } as const;
  const disputed = { ...ended, dispute: { status: 'open' } };
  await sample.store.orders.insert({ ...sampleOrder('ord_unpaid'), ...placed });
  await sample.store.orders.insert({ ...sampleOrder('ord_ended'), ...ended });
  await sample.store.orders.insert({ ...sampleOrder('ord_disputed'), ...disputed });
  const first = await almanac('purge');
  expect(first.out).toContain('unpaid orders after 30 days (RETAIN_UNPAID_DAYS), paid ones never');
  expect(first.out).toContain('ord_unpaid (expired, placed 2020-01-02): name, birth and address');
  expect(first.out).not.toContain('ord_ended');
  vi.stubEnv('RETAIN_DAYS', '400');
  const second = await almanac('purge', '--dry-run');
  expect(second.out).toContain('paid ones 400 days after their end (RETAIN_DAYS)');
  expect(second.out).toContain('ord_ended (fulfilled, ended 2020-01-03): would be erased');
  expect(second.out).toContain(
    'ord_disputed (fulfilled, ended 2020-01-03): kept, its payment is disputed',
  );
  expect(second.out).toContain(
    '1 orders older than the settings say would be erased; nothing was changed; 1 kept',
  );
});

test('models lists product, version, model, last day, what comes then, and about what a report costs', async () => {
  await sample.store.models.lives('gpt-4o', '2027-01-10', new Date('2026-11-28T12:00:00.000Z'));
  const { code, out } = await almanac('models');
  expect(code).toBe(0);
  const lines = out.split('\n').filter((line) => / v1 .* gpt-4o /.test(line));
  expect(lines.map((line) => line.split(' ')[0])).toEqual([
    'life-clarity',
    'blueprint',
    'personal-horoscope',
  ]);
  for (const line of lines) {
    expect(line).toMatch(/gpt-4o +2027-01-10 +2026-11-28 12:00 +gpt-6-sol +\d+\.\d\d$/);
  }
  const costs = lines.map((line) => Number(line.split(' ').at(-1)));
  expect(costs.toSorted((a, b) => a - b)).toEqual(costs); // the longest report costs the most
});

test('a model that is gone is shown as gone, and one that nobody asked about as never asked', async () => {
  await sample.store.models.isGone('gpt-4o', new Date('2026-12-01T12:00:00.000Z'));
  const { out } = await almanac('models');
  expect(out).toMatch(/blueprint +v1 +no +gpt-4o +gone since 2026-12-01/);
});
