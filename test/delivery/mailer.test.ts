import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { createMailer } from '../../src/delivery/mailer.ts';
import { scaledTimings } from '../../src/domain/timings.ts';
import { orderFault, reset } from '../sandbox/control.ts';

const LETTER = {
  to: 'reader@example.com',
  subject: 'Your reports are ready',
  text: 'plain',
  html: '<p>rich</p>',
  key: 'ready-ord_1',
};

const ADDRESSES = {
  from: 'Almanac <reports@almanac.example>',
  replyTo: 'Almanac help <help@almanac.example>',
};

const timings = scaledTimings(10);

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await reset(sandbox.urls.sendgrid);
  await fetch(`${sandbox.urls.sendgrid}/_sandbox/messages`, { method: 'DELETE' });
});

const mailer = (key = 'SG.sandbox') =>
  createMailer({ ...ADDRESSES, timings, key, url: sandbox.urls.sendgrid });

async function mailbox(): Promise<Record<string, unknown>[]> {
  const response = await fetch(`${sandbox.urls.sendgrid}/_sandbox/messages`);
  const { messages } = (await response.json()) as { messages: Record<string, unknown>[] };
  return messages;
}

test('a letter reaches the mailbox with both bodies, its key, and untracked links', async () => {
  const { providerId } = await mailer().send(LETTER);
  const [message] = await mailbox();
  expect(providerId).toBe(message?.id);
  expect(message).toMatchObject({ subject: LETTER.subject, text: 'plain', html: '<p>rich</p>' });
  expect(message).toMatchObject({ replyTo: { email: 'help@almanac.example' } });
  const whole = JSON.stringify(message);
  expect(whole).toContain('ready-ord_1');
  expect(whole).toMatch(/"click_?[tT]racking":\{"enable":false/);
});

test.each([
  ['429', 'mail_deferred'],
  ['500', 'mail_deferred'],
  ['dropped_connection', 'mail_unavailable'],
  ['lost_answer', 'mail_unavailable'],
  ['stalled_body', 'mail_unavailable'],
])('%s becomes the fault %s', async (kind, code) => {
  await orderFault(sandbox.urls.sendgrid, { kind, count: 1 });
  await expect(mailer().send(LETTER)).rejects.toMatchObject({ name: 'TransientFault', code });
});

test('a letter is certainly not sent if nothing listens', async () => {
  const nowhere = createMailer({ ...ADDRESSES, timings, key: 'SG.x', url: 'http://127.0.0.1:1' });
  await expect(nowhere.send(LETTER)).rejects.toMatchObject({ code: 'mail_deferred' });
});

test('a key that SendGrid refuses needs an operator', async () => {
  await expect(mailer('wrong').send(LETTER)).rejects.toMatchObject({
    name: 'NeedsOperator',
    code: 'mail_refused',
  });
});

test('a message that SendGrid rejects is never tried again', async () => {
  await expect(mailer().send({ ...LETTER, to: 'nobody' })).rejects.toMatchObject({
    code: 'mail_rejected',
  });
});
