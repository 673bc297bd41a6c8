import { afterEach, beforeEach, expect, test } from 'vitest';
import { dueEmail } from '../../src/domain/email.ts';
import { newRefund } from '../../src/domain/refund.ts';
import { refundedKeyOf } from '../../src/orders/letters/send-email.ts';
import { openSettling, PUBLIC_URL, type Settling, timings, tokens } from './settling.ts';

let settling: Settling;
beforeEach(async () => {
  settling = await openSettling();
});
afterEach(() => settling.close());

test.each([
  [{ blueprint: 'delivered', 'life-clarity': 'delivered' }, 'fulfilled', 1],
  [{ blueprint: 'delivered', 'life-clarity': 'failed' }, 'partly_fulfilled', 1],
  [{ blueprint: 'delivered', 'life-clarity': 'cancelled' }, 'partly_fulfilled', 1],
  [{ blueprint: 'failed', 'life-clarity': 'cancelled' }, 'failed', 0],
  [{ blueprint: 'cancelled', 'life-clarity': 'cancelled' }, 'cancelled', 0],
] as const)(
  'with reports %o, the order becomes %s and sends %i e-mails',
  async (states, state, emails) => {
    await settling.paidOrder(states);
    await settling.settleOrder('ord_1');
    expect((await settling.order()).state).toBe(state);
    expect(settling.sent).toHaveLength(emails);
  },
);

test.each(['waiting', 'generating', 'rendering', 'delivering', 'held'] as const)(
  'an order with a %s report stays paid',
  async (state) => {
    await settling.paidOrder({ blueprint: 'delivered', 'life-clarity': state });
    await settling.settleOrder('ord_1');
    expect(await settling.order()).toMatchObject({ state: 'paid', settledAt: null });
    expect(settling.sent).toEqual([]);
    expect(await settling.store.links.ofOrder('ord_1')).toEqual([]);
  },
);

test('an order that lacks a report stays paid', async () => {
  await settling.paidOrder({ blueprint: 'delivered', 'life-clarity': 'delivered' });
  const { store } = settling;
  const order = { ...(await settling.order()), id: 'ord_2' };
  await store.orders.insert(order);
  await settling.settleOrder('ord_2');
  expect((await store.orders.find('ord_2'))?.state).toBe('paid');
});

test('the e-mail has a link to each delivered report, names the missing ones, and links the order page', async () => {
  await settling.paidOrder({ blueprint: 'delivered', 'life-clarity': 'failed' });
  await settling.settleOrder('ord_1');
  const link = tokens.make('link', 'lnk_ord_1-blueprint', 1);
  const access = tokens.make('access', 'ord_1', 1);
  expect(settling.sent).toHaveLength(1);
  expect(settling.sent[0]).toMatchObject({ to: 'ada@example.com', key: 'ready-ord_1' });
  expect(JSON.parse(settling.sent[0]?.text ?? '')).toEqual({
    order: 'ord_1',
    reports: [{ title: 'Blueprint', url: `${PUBLIC_URL}/d/${link}`, pages: 40 }],
    titles: ['Blueprint', 'Life Clarity'],
    missing: ['Life Clarity'],
    open: [],
    refund: null,
    statusUrl: `${PUBLIC_URL}/o/${access}`,
  });
});

test('settling five times at once sends one e-mail and moves the order once', async () => {
  await settling.paidOrder({ blueprint: 'delivered' });
  await Promise.all([1, 2, 3, 4, 5].map(() => settling.settleOrder('ord_1')));
  expect(settling.sent).toHaveLength(1);
  expect((await settling.order()).state).toBe('fulfilled');
  expect(await settling.store.emails.ofOrder('ord_1')).toMatchObject([
    { key: 'ready-ord_1', state: 'sent', providerId: 'msg-1', tries: 1 },
  ]);
});

test('settling again changes nothing', async () => {
  await settling.paidOrder({ blueprint: 'delivered', 'life-clarity': 'failed' });
  await settling.settleOrder('ord_1');
  const before = await settling.order();
  settling.pass(timings.linkLife);
  await settling.settleOrder('ord_1');
  expect(await settling.order()).toEqual(before);
  expect(settling.sent).toHaveLength(1);
});

test('a settling that died before it wrote its e-mail is finished by the next', async () => {
  await settling.paidOrder({ blueprint: 'delivered' });
  const { emails } = settling.store;
  const insert = emails.insert;
  emails.insert = () => Promise.reject(new Error('killed'));
  await expect(settling.settleOrder('ord_1')).rejects.toThrow('killed');
  expect((await settling.order()).state).toBe('paid');
  emails.insert = insert;
  await settling.settleOrder('ord_1');
  expect((await settling.order()).state).toBe('fulfilled');
  expect(settling.sent).toHaveLength(1);
});

test('a report that is delivered after a retry gets a letter of its own', async () => {
  await settling.paidOrder({ blueprint: 'delivered', 'life-clarity': 'failed' });
  await settling.settleOrder('ord_1');
  const { reports } = settling.store;
  const id = 'ord_1-life-clarity';
  const now = new Date();
  await reports.move(id, 0, 'waiting', now);
  await reports.claim(id, now);
  for (const state of ['rendering', 'delivering', 'delivered'] as const) {
    await reports.move(id, 1, state, now);
  }
  await settling.settleOrder('ord_1');
  expect((await settling.order()).state).toBe('fulfilled');
  expect(settling.sent.map((letter) => letter.key)).toEqual([
    'ready-ord_1',
    'ready-ord_1-life-clarity-e1',
  ]);
});

test('the shares of reports that fail within the time to retry them fall due together', async () => {
  await settling.paidOrder({ blueprint: 'generating', 'life-clarity': 'generating' });
  const { reports, refunds } = settling.store;
  const fail = async (product: string, at: number) => {
    settling.pass(at);
    const now = settling.now();
    await reports.move(`ord_1-${product}`, 0, 'failed', now, { settledAt: now.toISOString() });
    await settling.settleOrder('ord_1');
    return new Date(now.getTime() + timings.refundAfter).toISOString();
  };
  await fail('blueprint', 0);
  const due = await fail('life-clarity', timings.refundAfter - 1);
  expect((await refunds.ofOrder('ord_1')).map(({ dueAt }) => dueAt)).toEqual([due, due]);
});

test('a share that is due already does not wait for a report that fails later', async () => {
  await settling.paidOrder({ blueprint: 'generating', 'life-clarity': 'generating' });
  const { reports, refunds } = settling.store;
  const first = settling.now();
  await reports.move('ord_1-blueprint', 0, 'failed', first, { settledAt: first.toISOString() });
  await settling.settleOrder('ord_1');
  settling.pass(timings.refundAfter);
  const second = settling.now();
  await reports.move('ord_1-life-clarity', 0, 'failed', second, {
    settledAt: second.toISOString(),
  });
  await settling.settleOrder('ord_1');
  const due = [first, second].map((at) => new Date(at.getTime() + timings.refundAfter));
  const rows = await refunds.ofOrder('ord_1');
  expect(rows.map(({ dueAt }) => dueAt).sort()).toEqual(due.map((at) => at.toISOString()));
});

test('one letter lists everything that was refunded together, and nothing else', async () => {
  await settling.paidOrder({ blueprint: 'failed', 'life-clarity': 'failed' });
  const { refunds, emails } = settling.store;
  const order = await settling.order();
  for (const [productId, providerId] of [
    ['blueprint', 're_1'],
    ['life-clarity', 're_1'],
    ['other', 're_2'],
  ] as const) {
    const report = { id: `ord_1-${productId}`, productId };
    const owed = { order, report, reason: 'failed', dueAt: settling.now() } as const;
    const { id } = await settling.store.refunds.ensure(newRefund(owed, settling.now()));
    await refunds.move(id, 'due', 'done', { providerId, amountMinor: 250 });
  }
  const row = { key: refundedKeyOf('re_1'), kind: 'refunded', orderId: 'ord_1' } as const;
  await emails.insert(dueEmail(row, settling.now()));
  await settling.sendEmail(row.key);
  expect(JSON.parse(settling.sent.at(-1)?.text ?? '')).toMatchObject({
    refund: { amountMinor: 500, reason: 'failed', titles: ['Blueprint', 'Life Clarity'] },
  });
});
