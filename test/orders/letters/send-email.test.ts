import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dueEmail } from '../../../src/domain/email.ts';
import { NeedsOperator, TransientFault } from '../../../src/domain/errors.ts';
import { openSettling, type Settling, timings } from '../settling.ts';

const KEY = 'ready-ord_1';
let settling: Settling;
beforeEach(async () => {
  settling = await openSettling();
  await settling.paidOrder({ blueprint: 'delivered' });
});
afterEach(() => settling.close());

const row = () => settling.store.emails.find(KEY);
const unanswered = () => {
  throw new TransientFault('mail_unavailable', 'no answer');
};
const deferred = () => {
  throw new TransientFault('mail_deferred', '503');
};

test('a letter that was sent is not sent again', async () => {
  await settling.settleOrder('ord_1');
  await settling.sendEmail(KEY);
  settling.pass(timings.emailUnknown + 1);
  await settling.sendEmail(KEY);
  expect(settling.sent).toHaveLength(1);
  expect(await row()).toMatchObject({ state: 'sent', tries: 1, providerId: 'msg-1' });
});

test('a letter whose sending got no answer is sent once more after a wait, and not a third time', async () => {
  settling.mailerDoes(unanswered);
  await settling.settleOrder('ord_1');
  let tries = 0;
  settling.mailerDoes(() => {
    tries += 1;
    unanswered();
  });
  await settling.sendEmail(KEY);
  expect(tries).toBe(0);
  for (let turn = 0; turn < 3; turn += 1) {
    settling.pass(timings.emailUnknown + 1);
    await settling.sendEmail(KEY);
  }
  expect(tries).toBe(1);
  expect(await row()).toMatchObject({ state: 'failed' });
});

test('a try that was certainly refused does not count, however long the provider is away', async () => {
  settling.mailerDoes(deferred);
  await settling.settleOrder('ord_1');
  for (let turn = 0; turn < 5; turn += 1) {
    settling.pass(timings.emailUnknown + 1);
    await settling.sendEmail(KEY);
  }
  settling.mailerDoes(() => {});
  settling.pass(timings.emailUnknown + 1);
  await settling.sendEmail(KEY);
  expect(settling.sent).toHaveLength(1);
  expect(await row()).toMatchObject({ state: 'sent', tries: 1 });
});

test('a message that is rejected for good fails at once', async () => {
  settling.mailerDoes(() => {
    throw new NeedsOperator('mail_rejected', '400');
  });
  await settling.settleOrder('ord_1');
  expect(await row()).toMatchObject({ state: 'failed' });
});

test("the provider's id is kept although its events came before its answer", async () => {
  settling.mailerDoes(async () => {
    const sending = await row();
    if (sending) await settling.store.emails.change(sending, { state: 'delivered' });
  });
  await settling.settleOrder('ord_1');
  expect(await row()).toMatchObject({ state: 'delivered', providerId: 'msg-1' });
});

test.each([
  [
    'was rejected',
    () => {
      throw new NeedsOperator('mail_rejected', '400');
    },
  ],
  ['got no answer', unanswered],
])('an operator hears of a letter that %s and was given up, once', async (_, fault) => {
  settling.mailerDoes(fault);
  await settling.settleOrder('ord_1');
  for (let turn = 0; turn < 3; turn += 1) {
    settling.pass(timings.emailUnknown + 1);
    await settling.sendEmail(KEY);
  }
  const alert = await settling.store.emails.find(`alert-failed-${KEY}`);
  expect(alert?.note).toMatch(/^an e-mail did not arrive\n.*almanac order resend ready-ord_1/s);
});

test('a letter that cannot be composed costs no try', async () => {
  const { links } = settling.store;
  const find = links.find;
  links.find = async () => null;
  await expect(settling.settleOrder('ord_1')).rejects.toThrow('has no link');
  expect(await row()).toMatchObject({ state: 'due', tries: 0 });
  links.find = find;
  await settling.sendEmail(KEY);
  expect(settling.sent).toHaveLength(1);
});

test('two senders at once send one message', async () => {
  settling.mailerDoes(deferred);
  await settling.settleOrder('ord_1');
  settling.mailerDoes(() => {});
  settling.pass(timings.emailUnknown + 1);
  await Promise.all([settling.sendEmail(KEY), settling.sendEmail(KEY)]);
  expect(settling.sent).toHaveLength(1);
});

const RECEIVED = 'received-ord_1';
const keysSent = () => settling.sent.map(({ key }) => key);

test('a refused letter is tried again at the next look, without a wait', async () => {
  settling.mailerDoes(deferred);
  await settling.settleOrder('ord_1');
  expect(await row()).toMatchObject({ state: 'due', tries: 0 });
  settling.mailerDoes(() => {});
  await settling.sendEmail(KEY);
  expect(keysSent()).toEqual([KEY]);
});

describe('while the thanks for the order are not sent', () => {
  beforeEach(async () => {
    const letter = { key: RECEIVED, kind: 'received', orderId: 'ord_1' } as const;
    await settling.store.emails.insert(dueEmail(letter, new Date()));
  });

  test('the next letter sends them first', async () => {
    await settling.settleOrder('ord_1');
    expect(keysSent()).toEqual([RECEIVED, KEY]);
  });

  test.each([
    ['is refused', deferred],
    ['gets no answer', unanswered],
  ])('the next letter waits if their sending %s', async (_, fault) => {
    settling.mailerDoes(({ key }) => key === RECEIVED && fault());
    await settling.settleOrder('ord_1');
    expect(keysSent()).toEqual([]);
    expect(await row()).toMatchObject({ state: 'due', tries: 0 });
    settling.mailerDoes(() => {});
    settling.pass(timings.emailUnknown + 1);
    await settling.sendEmail(KEY);
    expect(keysSent()).toEqual([RECEIVED, KEY]);
  });

  test('the next letter is sent if they were given up', async () => {
    settling.mailerDoes(({ key }) => {
      if (key === RECEIVED) throw new NeedsOperator('mail_rejected', '400');
    });
    await settling.settleOrder('ord_1');
    expect(keysSent()).toEqual([KEY]);
  });

  test('an alert does not wait for them', async () => {
    const alert = { key: 'alert-x', kind: 'alert', orderId: 'ord_1', note: 'x' } as const;
    await settling.store.emails.insert(dueEmail(alert, new Date()));
    await settling.sendEmail('alert-x');
    expect(keysSent()).toEqual(['alert-x']);
  });
});

test('a process that knows no operator leaves an alert as it is, for one that does', async () => {
  const alert = { key: 'alert-x', kind: 'alert', orderId: '', note: 'x' } as const;
  await settling.store.emails.insert(dueEmail(alert, new Date()));
  await settling.sendEmailOf(null)('alert-x');
  expect(await settling.store.emails.find('alert-x')).toMatchObject({ state: 'due', tries: 0 });
  await settling.sendEmail('alert-x');
  expect(keysSent()).toEqual(['alert-x']);
});
