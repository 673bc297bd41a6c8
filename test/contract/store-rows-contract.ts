/** The store's smaller rows: e-mails, links, facts, events, idempotency keys, leases, audit. */
import { expect, it } from 'vitest';
import { dueEmail, type EmailRow } from '../../src/domain/email.ts';
import { newId } from '../../src/domain/ids.ts';
import { newLink } from '../../src/domain/link.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import { describeAlarms } from './alarm-contract.ts';
import { describeModels } from './model-contract.ts';
import { describeSpend } from './spend-contract.ts';

const NOW = new Date('2026-03-01T13:00:00.000Z');
const later = (ms: number): Date => new Date(NOW.getTime() + ms);

function exampleEmail(change: Partial<EmailRow> = {}): EmailRow {
  const row = { key: newId('ready'), kind: 'ready', orderId: newId('ord') } as const;
  return dueEmail({ ...row, ...change }, NOW);
}

export function describeSmallRows(current: () => Store): void {
  describeSpend(current);
  describeAlarms(current);
  describeModels(current);

  it('stores an e-mail once and gives it to one of many senders', async () => {
    const { emails } = current();
    const row = exampleEmail();
    const inserted = await Promise.all([emails.insert(row), emails.insert(row)]);
    expect(inserted.filter(Boolean)).toHaveLength(1);
    const takes = await Promise.all(
      Array.from({ length: 10 }, () => emails.take(row.key, NOW, later(-1))),
    );
    expect(takes.filter((taken) => taken !== null)).toMatchObject([
      { state: 'sending', tries: 1, sendingSince: NOW.toISOString() },
    ]);
    expect(await emails.ofOrder(row.orderId)).toHaveLength(1);
  });

  it('takes an e-mail again if its sending was cut short, and never after it was sent', async () => {
    const { emails } = current();
    const row = exampleEmail();
    await emails.insert(row);
    await emails.take(row.key, NOW, NOW);
    expect(await emails.take(row.key, later(5), NOW)).toBeNull();
    expect(await emails.take(row.key, later(5), later(1))).toMatchObject({ tries: 2 });
    await emails.change(row, {
      state: 'sent',
      providerId: 'p1',
      sentAt: later(6).toISOString(),
    });
    expect(await emails.take(row.key, later(9), later(9))).toBeNull();
    expect(await emails.find(row.key)).toMatchObject({ state: 'sent', providerId: 'p1', tries: 2 });
  });

  it("finds an e-mail by any of the provider's ids, and says whether any is being sent", async () => {
    const { emails } = current();
    const id = newId('msg');
    const row = exampleEmail({ providerId: id, state: 'sent' });
    for (const each of [row, exampleEmail()]) await emails.insert(each);
    expect(await emails.findByProvider([`${id}x`, id])).toEqual(row);
    expect(await emails.findByProvider([`${id}x`])).toBeNull();
    expect(await emails.findByProvider([])).toBeNull();
    const since = new Date(Date.UTC(2090, 0, 1));
    expect(await emails.anySendingSince(since)).toBe(false);
    const sendingSince = since.toISOString();
    await emails.insert(exampleEmail({ state: 'sending', sendingSince }));
    expect(await emails.anySendingSince(since)).toBe(true);
  });

  it('lists unsent e-mails oldest first: those due, and those whose sending was cut short', async () => {
    const { emails } = current();
    const old = (day: number) => new Date(Date.UTC(2001, 0, day)).toISOString();
    const cut = exampleEmail({ state: 'sending', createdAt: old(1), sendingSince: old(1) });
    const due = exampleEmail({ createdAt: old(2) });
    const fresh = exampleEmail({ state: 'sending', createdAt: old(3), sendingSince: old(9) });
    const sent = exampleEmail({ state: 'sent', createdAt: old(1) });
    for (const row of [sent, due, fresh, cut]) await emails.insert(row);
    const keys = (await emails.unsent(new Date(old(8)), 2)).map((row) => row.key);
    expect(keys).toEqual([cut.key, due.key]);
    const all = (await emails.unsent(new Date(old(8)), 100)).map((row) => row.key);
    expect(all).not.toContain(fresh.key);
    expect(all).not.toContain(sent.key);
  });

  it('keeps one link per report, counts its downloads with the first and last time, and renews it', async () => {
    const { links } = current();
    const report = { id: newId('rep'), orderId: newId('ord') };
    const link = newLink(report, NOW.toISOString(), NOW);
    await links.ensure(link);
    expect(await links.ensure({ ...link, generation: 9 })).toEqual(link);
    await links.countDownload(link.id, NOW);
    await Promise.all(Array.from({ length: 4 }, () => links.countDownload(link.id, later(9))));
    const expiresAt = later(1000).toISOString();
    expect(await links.renew(link, expiresAt)).toEqual({
      ...link,
      generation: 2,
      expiresAt,
      downloads: 5,
      firstDownloadAt: NOW.toISOString(),
      lastDownloadAt: later(9).toISOString(),
    });
    expect(await links.ofOrder(link.orderId)).toHaveLength(1);
    expect(await links.renew({ ...link, id: 'lnk_none' }, expiresAt)).toBeNull();
    expect(await links.find('lnk_none')).toBeNull();
  });

  it('keeps the facts that were stored first', async () => {
    const { facts } = current();
    const id = newId('rep');
    const example = { ephemeris: 'first', periods: [], year: [] };
    const first = example as unknown as Parameters<typeof facts.insert>[2];
    expect(await facts.find(id)).toBeNull();
    expect(await facts.insert(id, 'ord_1', first)).toEqual(first);
    expect(await facts.insert(id, 'ord_1', { ...first, ephemeris: 'second' })).toEqual(first);
    expect(await facts.find(id)).toEqual(first);
  });

  it('stores a Stripe event once and lists it until it is processed', async () => {
    const { stripeEvents } = current();
    const event = (receivedAt: Date) => ({
      id: newId('evt'),
      type: 'checkout.session.completed',
      objectId: 'cs_1',
      receivedAt: receivedAt.toISOString(),
      processedAt: null,
    });
    const [second, first, fresh] = [event(later(-1)), event(later(-2)), event(NOW)];
    for (const each of [second, first, fresh]) expect(await stripeEvents.insert(each)).toBe(true);
    expect(await stripeEvents.insert(second)).toBe(false);
    const open = async () =>
      (await Array.fromAsync(stripeEvents.unprocessed(NOW))).map((each) => each.id);
    expect(await open()).toEqual([first.id, second.id]);
    await stripeEvents.processed(first.id, NOW);
    expect(await open()).toEqual([second.id]);
  });

  it('keeps the first request under an idempotency key', async () => {
    const { idempotencyKeys } = current();
    const row = { key: newId('idem'), bodyHash: 'a', orderId: 'ord_1', createdAt: 'now' };
    expect(await idempotencyKeys.insert(row)).toEqual(row);
    expect(await idempotencyKeys.insert({ ...row, bodyHash: 'b' })).toEqual(row);
  });

  it('gives a lease to one of many until it expires or is released', async () => {
    const { leases } = current();
    const name = newId('lease');
    const holders = Array.from({ length: 10 }, (_, index) => `h${index}`);
    const race = (now: Date) =>
      Promise.all(holders.map((holder) => leases.take(name, holder, now, 100)));
    const first = await race(NOW);
    expect(first.filter(Boolean)).toHaveLength(1);
    const holder = `h${first.indexOf(true)}`;
    expect(await leases.take(name, holder, later(50), 100)).toBe(true);
    expect(await leases.take(name, 'late', later(149), 100)).toBe(false);
    expect((await race(later(150))).filter(Boolean)).toHaveLength(1);
    await leases.release(name, 'stranger');
    expect(await leases.take(name, 'late', later(151), 100)).toBe(false);
    for (const each of holders) await leases.release(name, each);
    expect(await leases.take(name, 'late', later(151), 100)).toBe(true);
  });

  it('lists the audit in order of time', async () => {
    const { audit } = current();
    const orderId = newId('ord');
    for (const at of ['2026-02-02', '2026-02-01']) {
      const entry = { id: newId('aud'), at, actor: 'operator', action: 'retry', orderId };
      await audit.append({ ...entry, reportId: null, detail: '' });
    }
    expect((await audit.ofOrder(orderId)).map((entry) => entry.at)).toEqual([
      '2026-02-01',
      '2026-02-02',
    ]);
  });
}
