/** What every store must do, whatever its database. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dueEmail } from '../../src/domain/email.ts';
import { newId } from '../../src/domain/ids.ts';
import { newLink } from '../../src/domain/link.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import type { Report } from '../../src/domain/report.ts';
import { describeGrace } from './grace-contract.ts';
import { exampleCall, exampleOrder, exampleReport, exampleSection } from './store-examples.ts';
import { describeMoneyRows } from './store-money-contract.ts';
import { describeSmallRows } from './store-rows-contract.ts';

const NOW = new Date('2026-03-01T13:00:00.000Z');
const later = (ms: number): Date => new Date(NOW.getTime() + ms);

/** @param open another connection to the same data */
export function describeStore(name: string, open: () => Promise<Store>): void {
  describe(`store on ${name}`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    async function place(change: Partial<Report> = {}): Promise<Report> {
      const order = exampleOrder({ state: 'paid' });
      await store.orders.insert(order);
      const report = exampleReport(order.id, change);
      await store.reports.upsert([report]);
      return report;
    }
    const revision = async (orderId: string) => (await store.orders.find(orderId))?.revision;

    it('migrates again and answers a ping', async () => {
      await Promise.all([store.migrate(), store.migrate()]);
      await store.ping();
    });

    it('returns an order as it was stored, also over another connection', async () => {
      const order = exampleOrder();
      await store.orders.insert(order);
      const other = await open();
      expect(await other.orders.find(order.id)).toEqual(order);
      await other.close();
      expect(await store.orders.find('ord_none')).toBeNull();
    });

    it('refuses a second order under one id', async () => {
      const order = exampleOrder();
      await store.orders.insert(order);
      await expect(store.orders.insert({ ...order, email: 'b@example.org' })).rejects.toThrow(
        order.id,
      );
      expect((await store.orders.find(order.id))?.email).toBe(order.email);
    });

    it('moves an order only as the transition table allows, and once when many try at once', async () => {
      const { id } = exampleOrder();
      await store.orders.insert(exampleOrder({ id }));
      expect(await store.orders.move(id, 'fulfilled')).toBeNull();
      const paidAt = NOW.toISOString();
      const moves = await Promise.all(
        Array.from({ length: 5 }, () => store.orders.move(id, 'paid', { paidAt })),
      );
      expect(moves.filter((each) => each !== null)).toHaveLength(1);
      expect(await store.orders.find(id)).toMatchObject({ state: 'paid', paidAt, revision: 1 });
      expect(await store.orders.change(id, { refundedMinor: 5, paidAt: undefined })).toMatchObject({
        refundedMinor: 5,
        paidAt,
        revision: 2,
      });
      expect(await store.orders.change('ord_none', {})).toBeNull();
    });

    it('lists the orders of a state oldest first, including those with equal times, and no more than asked for', async () => {
      const times = ['2001-01-01', '2001-01-02', '2001-01-02', '2001-01-02', '2001-01-03'];
      const made = times.map((createdAt) => exampleOrder({ state: 'expired', createdAt }));
      for (const order of made.toReversed()) await store.orders.insert(order);
      const listed = await Array.fromAsync(store.orders.inState('expired'));
      expect(listed.map((order) => order.createdAt)).toEqual(times);
      const most = await Array.fromAsync(store.orders.inState('expired', 3));
      expect(most.map((order) => order.createdAt)).toEqual(times.slice(0, 3));
    });

    it('upserts reports once, and leaves existing ones as they are', async () => {
      const report = await place();
      await store.reports.claim(report.id, NOW);
      await store.reports.upsert([report]);
      expect(await store.reports.ofOrder(report.orderId)).toMatchObject([
        { state: 'generating', fence: 1 },
      ]);
    });

    it('gives each fence to one of 20 racing claims, and counts no crash for those that lose', async () => {
      const { id } = await place();
      const claims = await Promise.all(
        Array.from({ length: 20 }, () => store.reports.claim(id, NOW)),
      );
      const fences = claims.flatMap((each) => each?.fence ?? []).sort((a, b) => a - b);
      const won = fences.length;
      expect(fences).toEqual(Array.from({ length: won }, (_, index) => index + 1));
      expect(await store.reports.find(id)).toMatchObject({ fence: won, crashes: won - 1 });
    });

    it('claims only claimable states, and not before notBefore', async () => {
      const early = await place({ notBefore: later(1).toISOString() });
      expect(await store.reports.claim(early.id, NOW)).toBeNull();
      expect(await store.reports.claim(early.id, later(1))).toMatchObject({
        state: 'generating',
        fence: 1,
        crashes: 0,
        runStartedAt: later(1).toISOString(),
      });
      for (const state of ['held', 'delivered', 'failed', 'cancelled'] as const) {
        expect(await store.reports.claim((await place({ state })).id, NOW)).toBeNull();
      }
      expect(await store.reports.claim('rep_none', NOW)).toBeNull();
    });

    it('refuses a stale fence, and moves that the transition table does not have', async () => {
      const { id } = await place();
      await store.reports.claim(id, NOW);
      await store.reports.claim(id, NOW);
      expect(await store.reports.move(id, 1, 'rendering', NOW)).toBeNull();
      expect(await store.reports.change(id, 1, { attempts: 9 })).toBeNull();
      expect(await store.reports.move(id, 2, 'delivered', NOW)).toBeNull();
      expect(await store.reports.find(id)).toMatchObject({ state: 'generating', attempts: 0 });
      expect(await store.reports.move(id, 2, 'rendering', NOW)).toMatchObject({ fence: 2 });
    });

    it('takes the running time from the run, and adds none when something else ends the run', async () => {
      const { id } = await place();
      await store.reports.claim(id, NOW);
      const run = { runningMs: 0, runStartedAt: NOW.toISOString() };
      expect(await store.reports.move(id, 1, 'rendering', later(10))).toMatchObject(run);
      const change = { notBefore: later(50).toISOString(), attempts: 1, runningMs: 20 };
      const waiting = await store.reports.move(id, 1, 'waiting', later(30), change);
      expect(waiting).toMatchObject({ ...change, runStartedAt: null });
      await store.reports.claim(id, later(60));
      const held = await store.reports.move(id, 2, 'held', later(9_000));
      expect(held).toMatchObject({ runningMs: 20, runStartedAt: null });
    });

    it('records when a report was held, for as long as it is held', async () => {
      const { id } = await place();
      await store.reports.claim(id, NOW);
      const heldAt = later(5).toISOString();
      expect(await store.reports.move(id, 1, 'held', later(5))).toMatchObject({ heldAt });
      expect(await store.reports.move(id, 1, 'waiting', later(9))).toMatchObject({ heldAt: null });
    });

    it('lists a reopened order until it settles again', async () => {
      const { orderId } = await place();
      const ids = async () =>
        (await Array.fromAsync(store.orders.reopened())).map((order) => order.id);
      await store.orders.move(orderId, 'failed', { settledAt: NOW.toISOString() });
      expect(await ids()).not.toContain(orderId);
      await store.orders.change(orderId, { settledAt: null });
      expect(await ids()).toContain(orderId);
      await store.orders.move(orderId, 'fulfilled', { settledAt: NOW.toISOString() });
      expect(await ids()).not.toContain(orderId);
    });

    it('lists reports of several states', async () => {
      const [held, waiting] = [await place({ state: 'held' }), await place()];
      const listed = await Array.fromAsync(store.reports.inStates(['held', 'waiting']));
      const ids = listed.map((report) => report.id);
      expect(ids).toEqual(expect.arrayContaining([held.id, waiting.id]));
      expect(new Set(ids).size).toBe(ids.length);
    });

    it('lets the first writer of a section win, and hands its section to the others', async () => {
      const report = await place();
      const results = await Promise.all(
        [1, 2, 3, 4].map((calls) => store.sections.insert(exampleSection(report, 1, { calls }))),
      );
      expect(results.filter((each) => each.inserted)).toHaveLength(1);
      const standing = await store.sections.find(report.id, 1, 1);
      for (const result of results) expect(result.section).toEqual(standing);
      expect(await store.sections.find(report.id, 2, 1)).toBeNull();
    });

    it('counts a new section as progress, and resets crashes and snoozes', async () => {
      const report = await place({ crashes: 4, snoozes: 2 });
      await store.sections.insert(exampleSection(report, 1));
      expect(await store.reports.find(report.id)).toMatchObject({ crashes: 0, snoozes: 0 });
    });

    it('raises the order’s revision on every write that the customer can see', async () => {
      const report = await place();
      expect(await revision(report.orderId)).toBe(1);
      await store.reports.claim(report.id, NOW);
      await store.reports.change(report.id, 1, { attempts: 1 });
      await store.sections.insert(exampleSection(report, 1));
      expect(await revision(report.orderId)).toBe(4);
      await store.sections.insert(exampleSection(report, 1)); // is there already
      await store.reports.move(report.id, 7, 'rendering', NOW); // stale
      expect(await revision(report.orderId)).toBe(4);
    });

    it('raises it for letters and links too, but not for alerts and downloads', async () => {
      const { id, orderId } = await place();
      const raised = async (write: () => Promise<unknown>): Promise<number> => {
        const before = (await revision(orderId)) ?? 0;
        await write();
        return ((await revision(orderId)) ?? 0) - before;
      };
      const letter = dueEmail({ key: newId('ready'), kind: 'ready', orderId }, NOW);
      const alert = dueEmail({ key: newId('alert'), kind: 'alert', orderId }, NOW);
      const link = newLink({ id, orderId }, later(1).toISOString(), NOW);
      for (const [row, by] of [
        [letter, 1],
        [alert, 0],
      ] as const) {
        expect(await raised(() => store.emails.insert(row))).toBe(by);
        expect(await raised(() => store.emails.insert(row))).toBe(0);
        expect(await raised(() => store.emails.take(row.key, NOW, NOW))).toBe(by);
        expect(await raised(() => store.emails.change(row, { state: 'sent' }, ['due']))).toBe(0);
        expect(await raised(() => store.emails.change(row, { state: 'sent' }))).toBe(by);
      }
      expect(await raised(() => store.links.ensure(link))).toBe(1);
      expect(await raised(() => store.links.ensure(link))).toBe(0);
      expect(await raised(() => store.links.renew(link, later(2).toISOString()))).toBe(1);
      expect(await raised(() => store.links.countDownload(link.id, NOW))).toBe(0);
    });

    it('reads sections in step order, each from its own edition', async () => {
      const report = await place();
      for (const step of [12, 3, 1, 2, 20, 5]) {
        await store.sections.insert(exampleSection(report, step));
      }
      for (const step of [13, 5, 6]) {
        await store.sections.insert(exampleSection(report, step, { edition: 2 }));
      }
      const editions = [
        { edition: 1, fromStep: 1 },
        { edition: 2, fromStep: 5 },
      ];
      const seen: [number, number][] = [];
      const view = { id: report.id, editions };
      for await (const { edition, step } of store.sections.read(view)) seen.push([edition, step]);
      expect(seen).toEqual([
        [1, 1],
        [1, 2],
        [1, 3],
        [2, 5],
        [2, 6],
        [2, 13],
      ]);
      expect(await store.sections.steps(view)).toEqual([1, 2, 3, 5, 6, 13]);
      const third = { id: report.id, editions: [...editions, { edition: 3, fromStep: 2 }] };
      expect(await store.sections.steps(third)).toEqual([1]);
      expect(await store.sections.steps(report)).toEqual([1, 2, 3, 5, 12, 20]);
    });

    it('streams more sections than it holds at a time', async () => {
      const report = await place();
      const steps = Array.from({ length: 25 }, (_, index) => index + 1);
      await Promise.all(steps.map((step) => store.sections.insert(exampleSection(report, step))));
      const seen: number[] = [];
      for await (const section of store.sections.read(report)) seen.push(section.step);
      expect(seen).toEqual(steps);
    });

    it('keeps model calls, and drops raw answers only for the step asked for', async () => {
      const report = { id: newId('rep'), orderId: newId('ord') };
      const calls = [
        exampleCall(report, { openedAt: '2026-01-01T00:00:02.000Z', raw: '{"b":1}' }),
        exampleCall(report, { openedAt: '2026-01-01T00:00:01.000Z' }),
        exampleCall(report, { step: 2, raw: 'kept' }),
      ] as const;
      for (const call of calls) await store.modelCalls.open(call);
      const { id: _, reportId: __, orderId: ___, outcome: ____, ...closing } = calls[1];
      await store.modelCalls.close(calls[1].id, {
        ...closing,
        outcome: 'answered',
        raw: '{"a":1}',
      });
      const ofStep = await store.modelCalls.ofStep(report.id, 1, 1);
      expect(ofStep.map((call) => call.raw)).toEqual(['{"a":1}', '{"b":1}']);
      expect(ofStep[0]).toMatchObject({ outcome: 'answered', asked: ['s1'] });
      await store.modelCalls.dropRaw(report.id, 1, 1);
      const all = await store.modelCalls.ofReport(report.id);
      expect(all.map((call) => call.raw)).toEqual([null, null, 'kept']);
    });

    describeGrace(open);
    describeSmallRows(() => store);
    describeMoneyRows(() => store);
  });
}
