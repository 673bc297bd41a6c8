/** An alert reaches an operator, by whatever way is left. */
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dueEmail, type EmailState } from '../../../src/domain/email.ts';
import { NeedsOperator, TransientFault } from '../../../src/domain/errors.ts';
import { createReceiveMailEvents } from '../../../src/orders/letters/receive-mail-events.ts';
import { createSendAlerts, type SendAlerts } from '../../../src/orders/letters/send-alerts.ts';
import { createReadTrouble } from '../../../src/orders/watch/read-trouble.ts';
import { noSignals } from '../../workers/nobody.ts';
import { openSettling, type Settling, timings, tokens } from '../settling.ts';

let settling: Settling;
let sendAlerts: SendAlerts;
let lines: string[];
let base: ReturnType<typeof baseOf>;
const baseOf = () => ({
  store: settling.store,
  timings,
  log: pino({ level: 'error' }, { write: (line) => void lines.push(line) }),
  clock: () => settling.now(),
});

beforeEach(async () => {
  settling = await openSettling();
  lines = [];
  base = baseOf();
  const sendEmail = settling.sendEmailOf('operator@example.com', base.log);
  sendAlerts = createSendAlerts({ ...base, sendEmail });
});
afterEach(() => settling.close());

async function raise(key = 'alert-x', state: EmailState = 'due') {
  const row = { key, kind: 'alert', orderId: '', note: `${key} is wrong\nfix it`, state } as const;
  await settling.store.emails.insert(dueEmail(row, settling.now()));
}
const sent = () => settling.sent.map(({ key }) => key);
const trouble = () => createReadTrouble(base)();

test('the API sends an alert that no worker has taken for half a minute, and no letter to a customer', async () => {
  await raise();
  const letter = { key: 'ready-ord_1', kind: 'ready', orderId: 'ord_1' } as const;
  await settling.store.emails.insert(dueEmail(letter, settling.now()));
  await sendAlerts();
  settling.pass(timings.alertUntaken - 1);
  await sendAlerts();
  expect(sent()).toEqual([]);
  settling.pass(1);
  await sendAlerts();
  await sendAlerts();
  expect(sent()).toEqual(['alert-x']);
  expect((await settling.store.emails.find('ready-ord_1'))?.state).toBe('due');
});

test('an alert that a worker has in hand is left to it, and sent by the API when that worker died', async () => {
  await raise();
  await settling.store.emails.take('alert-x', settling.now(), settling.now());
  settling.pass(timings.alertUntaken);
  await sendAlerts();
  expect(sent()).toEqual([]);
  settling.pass(timings.emailUnknown);
  await sendAlerts();
  expect(sent()).toEqual(['alert-x']);
});

test('API and worker that send the same alert at once send one letter', async () => {
  await raise();
  settling.pass(timings.alertUntaken);
  await Promise.all([sendAlerts(), settling.sendEmail('alert-x'), sendAlerts()]);
  expect(sent()).toEqual(['alert-x']);
});

test('one alert that the provider refuses does not keep the others from leaving', async () => {
  await raise('alert-1');
  await raise('alert-2');
  settling.mailerDoes(({ key }) => {
    if (key === 'alert-1') throw new NeedsOperator('mail_rejected', '400');
  });
  settling.pass(timings.alertUntaken);
  await sendAlerts();
  expect(sent()).toEqual(['alert-2']);
});

test.each([
  ['is rejected', new NeedsOperator('mail_rejected', '400')],
  ['gets no answer, twice', new TransientFault('mail_unavailable', 'no answer')],
])('an alert that %s is in the log, with its words, and shown to operators', async (_, fault) => {
  settling.mailerDoes(() => {
    throw fault;
  });
  await raise();
  for (let turn = 0; turn < 3; turn += 1) {
    settling.pass(timings.emailUnknown + 1);
    await sendAlerts();
  }
  expect(lines.filter((line) => line.includes('did not arrive'))).toEqual([
    expect.stringContaining('alert-x is wrong\\nfix it'),
  ]);
  expect((await trouble()).alertsNotSent).toMatchObject([
    { alert: 'alert-x is wrong', state: 'failed' },
  ]);
});

test('an alert that is put off for a quarter of an hour is in the log, once, and shown to operators', async () => {
  settling.mailerDoes(() => {
    throw new TransientFault('mail_deferred', '503');
  });
  await raise();
  for (let minutes = 0; minutes < 60; minutes += 1) {
    settling.pass(60_000);
    await sendAlerts();
    const known = (await trouble()).alertsNotSent.length;
    expect(known).toBe(minutes >= 15 ? 1 : 0);
  }
  expect(lines.filter((line) => line.includes('does not leave'))).toHaveLength(1);
});

test.each(['bounce', 'dropped'] as const)(
  'an alert that SendGrid says was not delivered (%s) is in the log, with its words, and shown to operators',
  async (type) => {
    await raise('alert-x', 'sent');
    const receive = createReceiveMailEvents({ ...base, signals: noSignals, tokens });
    const event = { key: 'alert-x', providerIds: [], type, at: settling.now().getTime() };
    for (let times = 0; times < 2; times += 1) await receive({ events: [event], odd: [] });
    expect(lines).toEqual([expect.stringContaining('alert-x is wrong\\nfix it')]);
    expect((await trouble()).alertsNotSent).toMatchObject([
      { state: type === 'bounce' ? 'bounced' : 'blocked' },
    ]);
    settling.pass(timings.alertShown + 1);
    expect((await trouble()).alertsNotSent).toEqual([]);
  },
);
