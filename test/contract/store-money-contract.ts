/** What the store does for refunds, suppressed addresses and erasure. */
import { expect, it } from 'vitest';
import { dueEmail } from '../../src/domain/email.ts';
import { newId } from '../../src/domain/ids.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import { type Refund, refundIdOf } from '../../src/domain/refund.ts';
import { exampleCall, exampleOrder, exampleReport, exampleSection } from './store-examples.ts';

const NOW = new Date('2026-03-01T13:00:00.000Z');
const later = (ms: number): Date => new Date(NOW.getTime() + ms);

function exampleRefund(change: Partial<Refund> = {}): Refund {
  const orderId = newId('ord');
  return {
    id: refundIdOf(orderId),
    orderId,
    reportId: null,
    reason: 'failed',
    state: 'due',
    amountMinor: 900,
    dueAt: NOW.toISOString(),
    providerId: null,
    tries: 0,
    createdAt: NOW.toISOString(),
    sendingSince: null,
    doneAt: null,
    ...change,
  };
}

export function describeMoneyRows(current: () => Store): void {
  it('stores a refund once, and gives it to one of many senders, not before it is due', async () => {
    const { refunds } = current();
    const refund = exampleRefund({ dueAt: later(1000).toISOString() });
    await Promise.all([refunds.ensure(refund), refunds.ensure({ ...refund, amountMinor: 1 })]);
    expect(await refunds.ofOrder(refund.orderId)).toHaveLength(1);
    expect(await refunds.take(refund.id, later(999), NOW)).toBeNull();
    const takes = await Promise.all(
      Array.from({ length: 10 }, () => refunds.take(refund.id, later(1000), NOW)),
    );
    expect(takes.filter((taken) => taken !== null)).toMatchObject([{ state: 'sending', tries: 1 }]);
    expect(await refunds.take(refund.id, later(1001), later(1000))).toBeNull();
    expect(await refunds.take(refund.id, later(1002), later(1001))).toMatchObject({ tries: 2 });
    const done = { providerId: 're_1', doneAt: later(1003).toISOString() };
    expect(await refunds.move(refund.id, 'sending', 'done', done)).toMatchObject(done);
    expect(await refunds.move(refund.id, 'due', 'void')).toBeNull();
  });

  it('makes a void refund due again, and leaves any other as it is', async () => {
    const { refunds } = current();
    const refund = exampleRefund();
    await refunds.ensure(refund);
    await refunds.move(refund.id, 'due', 'void');
    const again = { ...refund, dueAt: later(5).toISOString() };
    expect(await refunds.ensure(again)).toMatchObject({ state: 'due', dueAt: again.dueAt });
    await refunds.take(refund.id, later(5), NOW);
    expect(await refunds.ensure(refund)).toMatchObject({ state: 'sending', tries: 1 });
  });

  it('lists the refunds to send: those due, and those whose sending was cut short', async () => {
    const { refunds } = current();
    const early = new Date('2000-01-02T00:00:00.000Z');
    const at = (ms: number) => new Date(early.getTime() + ms).toISOString();
    const due = exampleRefund({ dueAt: at(0), createdAt: at(0) });
    const [dueAt, createdAt] = [at(0), at(0)];
    const cut = exampleRefund({ state: 'sending', sendingSince: at(0), dueAt, createdAt });
    const fresh = exampleRefund({ state: 'sending', sendingSince: at(9), dueAt, createdAt });
    const waits = exampleRefund({ dueAt: at(9), createdAt: at(0) });
    for (const each of [due, cut, fresh, waits]) await refunds.ensure(each);
    const pending = await refunds.pending(new Date(at(5)), new Date(at(5)), 10);
    expect(pending.map(({ id }) => id).sort()).toEqual([due.id, cut.id].sort());
    // however often they were tried
    const overdue = await Array.fromAsync(refunds.overdue(new Date(at(8))), ({ id }) => id);
    expect(overdue).toEqual(expect.arrayContaining([due.id, cut.id, fresh.id]));
    expect(overdue).not.toContain(waits.id);
  });

  it('knows a suppressed address by its fingerprint', async () => {
    const { suppressions } = current();
    const fingerprint = newId('print');
    expect(await suppressions.has(fingerprint)).toBe(false);
    await suppressions.add(fingerprint, 'bounce', NOW);
    await suppressions.add(fingerprint, 'dropped', NOW);
    expect(await suppressions.has(fingerprint)).toBe(true);
  });

  it('changes an e-mail only if it is in one of the states asked for', async () => {
    const { emails } = current();
    const row = dueEmail({ key: newId('ready'), kind: 'ready', orderId: newId('ord') }, NOW);
    await emails.insert(row);
    expect(await emails.change(row, { state: 'delivered' }, ['sending', 'sent'])).toBeNull();
    expect(await emails.change(row, { state: 'sent' }, ['due'])).toMatchObject({ state: 'sent' });
  });

  it('removes what an erased order held, and drops whatever a run writes afterwards', async () => {
    const store = current();
    const order = exampleOrder();
    const report = exampleReport(order.id);
    const other = exampleReport(newId('ord'));
    await store.orders.insert(order);
    await store.reports.upsert([report, other]);
    for (let step = 1; step <= 25; step += 1) {
      await store.sections.insert(exampleSection(report, step));
    }
    await store.sections.insert(exampleSection(other, 1));
    const call = exampleCall(report);
    await store.modelCalls.open(call);
    const closing = { ...call, outcome: 'answered', raw: 'Ada', closedAt: 'now' } as const;
    await store.modelCalls.close(call.id, closing);
    const facts = { ephemeris: 'x', periods: [] } as unknown as Parameters<
      typeof store.facts.insert
    >[2];
    await store.facts.insert(report.id, order.id, facts);
    const key = newId('idem');
    const row = { key, bodyHash: 'digest', orderId: order.id, createdAt: 'now' };
    await store.idempotencyKeys.insert(row);

    const at = NOW.toISOString();
    await store.orders.change(order.id, { erasedAt: at, purgeAt: at });
    expect(await store.erasure.purge(order.id)).toEqual({
      sections: 25,
      modelAnswers: 1,
      facts: 1,
      links: 0,
    });
    expect((await store.idempotencyKeys.insert(row)).bodyHash).toBe('');
    expect(await store.sections.steps(other)).toEqual([1]);

    await store.sections.insert(exampleSection(report, 26));
    await store.facts.insert(report.id, order.id, facts);
    await store.modelCalls.close(call.id, closing);
    expect(await store.sections.steps(report)).toEqual([]);
    expect(await store.facts.find(report.id)).toBeNull();
    expect((await store.modelCalls.ofReport(report.id)).map((each) => each.raw)).toEqual([null]);

    const due = async () => (await Array.fromAsync(store.orders.toPurge(NOW))).map(({ id }) => id);
    expect(await due()).toContain(order.id);
    await store.orders.change(order.id, { purgeAt: null });
    expect(await due()).not.toContain(order.id);
  });
}
