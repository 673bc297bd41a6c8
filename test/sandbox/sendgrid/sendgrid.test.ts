import client from '@sendgrid/client';
import mail from '@sendgrid/mail';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSendgrid } from '../../../sandbox/sendgrid/sendgrid.ts';
import type { Listening } from '../../../sandbox/wire/server.ts';
import { journalOf, orderFault, reset } from '../control.ts';

let server: Listening;

/** A new key resets the client to SendGrid's own host, so the address is set after it. */
function useKey(key: string): void {
  mail.setApiKey(key);
  client.setDefaultRequest('baseUrl', server.url);
}

beforeAll(async () => {
  server = await startSendgrid({ host: '127.0.0.1', port: 0, seed: 1, webhookUrl: null });
  mail.setClient(client);
  useKey('SG.sandbox');
  mail.setTimeout(2_000);
});
afterEach(async () => {
  await reset(server.url);
  await fetch(`${server.url}/_sandbox/messages`, { method: 'DELETE' });
});
afterAll(() => server.close());

const letter = {
  from: { email: 'reports@almanac.example', name: 'Almanac' },
  to: 'ada@example.org',
  subject: 'Your report <is> ready',
  text: 'Here it is: https://almanac.example/d/token',
  html: '<p>Here <a href="https://almanac.example/d/token">it is</a>.</p><script>alert(1)</script>',
  customArgs: { emailKey: 'ready-ord_1' },
};
const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );
const mailbox = async (query = '') => {
  const { messages } = (await (await fetch(`${server.url}/_sandbox/messages${query}`)).json()) as {
    messages: Record<string, unknown>[];
  };
  return messages;
};

describe('the SendGrid stand-in, asked with the real SDK', () => {
  it('accepts a letter with 202 and its id, and keeps it whole', async () => {
    const [response] = await mail.send(letter);
    expect(response.statusCode).toBe(202);
    const [message] = await mailbox();
    expect(message).toMatchObject({
      id: response.headers['x-message-id'],
      from: { email: 'reports@almanac.example', name: 'Almanac' },
      to: [{ email: 'ada@example.org' }],
      subject: letter.subject,
      text: letter.text,
      html: letter.html,
      customArgs: { emailKey: 'ready-ord_1' },
    });
    expect(await mailbox('?to=other@example.org')).toEqual([]);
    expect(await journalOf(server.url)).toMatchObject([
      { messageId: message?.id, outcome: 'accepted', status: 202 },
    ]);
  });

  it.each([
    ['a receiver', { to: 'ada' }, 'personalizations.0.to'],
    ['a sender', { from: 'almanac' }, 'from.email'],
    ['a subject', { subject: '' }, 'subject'],
  ])('refuses a letter without %s, and names the field', async (_, more, field) => {
    const error = await caught(mail.send({ ...letter, ...more }));
    expect(error).toMatchObject({ code: 400, response: { body: { errors: [{ field }] } } });
    expect(await mailbox()).toEqual([]);
  });

  it('refuses an invalid key', async () => {
    useKey('SG.');
    expect(await caught(mail.send(letter))).toMatchObject({ code: 401 });
    useKey('SG.sandbox');
  });

  it.each(['400', '401', '403', '429', '500', '503'])(
    'answers %s when told to, and keeps nothing',
    async (kind) => {
      await orderFault(server.url, { kind });
      expect(await caught(mail.send(letter))).toMatchObject({ code: Number(kind) });
      expect(await mailbox()).toEqual([]);
      await mail.send(letter);
      expect(await mailbox()).toHaveLength(1);
    },
  );

  it('drops the connection before it keeps the letter, or after', async () => {
    await orderFault(server.url, { kind: 'dropped_connection' });
    expect(await caught(mail.send(letter))).toBeInstanceOf(Error);
    expect(await mailbox()).toHaveLength(0);
    await orderFault(server.url, { kind: 'lost_answer' });
    expect(await caught(mail.send(letter))).toBeInstanceOf(Error);
    expect(await mailbox()).toHaveLength(1);
  });

  it.each([
    ['slow', 0],
    ['stalled_body', 1],
  ])('%s outlasts the caller', async (kind, kept) => {
    mail.setTimeout(1_000);
    await orderFault(server.url, { kind, ms: 5_000 });
    expect(await caught(mail.send(letter))).toBeInstanceOf(Error);
    mail.setTimeout(2_000);
    await expect
      .poll(() => journalOf(server.url))
      .toMatchObject([{ outcome: kind === 'slow' ? 'client_gone' : kind }]);
    expect(await mailbox()).toHaveLength(kept);
  });
});

describe('the mailbox', () => {
  it('lists letters, newest first, with their subjects escaped', async () => {
    await mail.send({ ...letter, subject: 'First' });
    await mail.send(letter);
    const page = await fetch(server.url);
    const text = await page.text();
    expect(text.indexOf('Your report &lt;is&gt; ready')).toBeGreaterThan(0);
    expect(text.indexOf('First')).toBeGreaterThan(text.indexOf('Your report'));
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('shows a letter with headers, text and a preview that cannot run scripts', async () => {
    await mail.send(letter);
    const [message] = await mailbox();
    const page = await (await fetch(`${server.url}/messages/${message?.id}`)).text();
    expect(page).toContain('ada@example.org');
    expect(page).toContain('emailKey: ready-ord_1');
    expect(page).toContain(`src="/messages/${message?.id}/html"`);
    const preview = await fetch(`${server.url}/messages/${message?.id}/html`);
    expect(await preview.text()).toContain(letter.html);
    const policy = preview.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain('sandbox');
    expect(policy).not.toContain('allow-scripts');
  });

  it('answers 404 for an unknown letter', async () => {
    expect((await fetch(`${server.url}/messages/gone`)).status).toBe(404);
    expect(await (await fetch(server.url)).text()).toContain('No mail yet');
  });
});
