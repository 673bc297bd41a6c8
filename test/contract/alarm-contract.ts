/** What the alarm needs of a store: alarms themselves, and how long something has stood still. */
import { expect, it } from 'vitest';
import { dueEmail } from '../../src/domain/email.ts';
import { newId } from '../../src/domain/ids.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import { exampleReport, exampleSection } from './store-examples.ts';

const NOW = new Date('2026-03-01T13:00:00.000Z');
const later = (ms: number): Date => new Date(NOW.getTime() + ms);
const at = (ms: number): string => later(ms).toISOString();

export function describeAlarms(current: () => Store): void {
  it('opens one episode of an alarm, however many begin it at once, and the next one after its end', async () => {
    const { alarms } = current();
    const cause = newId('cause');
    const alarm = { cause, area: 'refunds', since: at(0), upTo: at(0) } as const;
    const begun = await Promise.all(Array.from({ length: 10 }, () => alarms.begin(alarm, NOW)));
    expect(new Set(begun.map(({ episode }) => episode))).toEqual(new Set([1]));
    const [first] = begun;
    if (first === undefined) throw new Error('no alarm');
    await alarms.change(first, { toldAt: at(1), what: 'it stands still' });
    const open = (await alarms.open('refunds')).find((each) => each.cause === cause);
    expect(open).toMatchObject({ toldAt: at(1), what: 'it stands still', endedAt: null });
    await alarms.end(first, later(2));
    expect((await alarms.open()).map((each) => each.cause)).not.toContain(cause);
    const again = await Promise.all(
      Array.from({ length: 10 }, () => alarms.begin({ ...alarm, since: at(5) }, later(6))),
    );
    for (const each of again) {
      expect(each).toMatchObject({ episode: 2, since: at(5), seenAt: at(6), toldAt: null });
    }
    await alarms.change(first, { toldAt: at(9) }); // of the episode that is over
    await alarms.end(first, later(9));
    const stands = (await alarms.open()).find((each) => each.cause === cause);
    expect(stands).toMatchObject({ episode: 2, toldAt: null });
    expect((await alarms.open('events')).map((each) => each.cause)).not.toContain(cause);
  });

  it('finds a lease, whoever has it', async () => {
    const { leases } = current();
    const name = newId('lease');
    expect(await leases.find(name)).toBeNull();
    await leases.take(name, 'one', NOW, 100);
    expect(await leases.find(name)).toEqual({ name, holder: 'one', expiresAt: at(100) });
  });

  it('knows when a report last came nearer to its end: neither a second run nor a snooze counts', async () => {
    const { reports, sections } = current();
    const report = exampleReport(newId('ord'));
    await reports.upsert([report]);
    const progress = async () => (await reports.find(report.id))?.progressAt;
    await reports.claim(report.id, later(1));
    expect(await progress()).toBe(at(1));
    await reports.move(report.id, 1, 'waiting', later(2), { notBefore: at(3) });
    await reports.claim(report.id, later(4));
    expect(await progress()).toBe(at(1));
    await sections.insert({ ...exampleSection(report, 1), completedAt: at(5) });
    expect(await progress()).toBe(at(5));
    await reports.move(report.id, 2, 'held', later(6));
    await reports.move(report.id, 2, 'waiting', later(7));
    expect(await progress()).toBe(at(7));
  });

  it('lists e-mails of the kinds asked for, by when they were created', async () => {
    const { emails } = current();
    const row = (key: string, kind: 'alert' | 'ready', day: number) =>
      dueEmail({ key: newId(key), kind, orderId: '' }, new Date(Date.UTC(2002, 0, day)));
    const [one, two, letter] = [row('a', 'alert', 1), row('b', 'alert', 3), row('c', 'ready', 2)];
    for (const each of [two, letter, one]) await emails.insert(each);
    const keys = async (listed: Promise<{ key: string }[]>) =>
      (await listed)
        .map(({ key }) => key)
        .filter((key) => [one, two, letter].some((each) => each.key === key));
    const [from, before] = [new Date(Date.UTC(2002, 0, 1)), new Date(Date.UTC(2002, 0, 3))];
    expect(await keys(emails.created({ from, before }, ['due'], ['alert', 'ready'], 9))).toEqual([
      one.key,
      letter.key,
    ]);
    expect(await keys(emails.created({ before }, ['sent'], ['alert'], 9))).toEqual([]);
    expect(await keys(emails.unsent(from, 999, ['alert']))).toEqual([one.key, two.key]);
    expect(await keys(emails.unsent(from, 999, ['ready']))).toEqual([letter.key]);
  });
}
