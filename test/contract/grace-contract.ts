/** What every store must do so that a correction and a first claim exclude each other. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Subject } from '../../src/domain/birth.ts';
import type { Order } from '../../src/domain/order.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import { exampleOrder, exampleReport } from './store-examples.ts';

const NOW = new Date('2026-03-01T13:00:00.000Z');
const later = (ms: number): Date => new Date(NOW.getTime() + ms);
const RACES = 100;

/** @param open another connection to the same data */
export function describeGrace(open: () => Promise<Store>): void {
  describe('grace', () => {
    let store: Store;
    let other: Store;
    beforeAll(async () => {
      [store, other] = [await open(), await open()];
    });
    afterAll(() => Promise.all([store.close(), other.close()]));

    async function paid(change: Partial<Order> = {}): Promise<Order> {
      const order = exampleOrder({ state: 'paid', ...change });
      await store.orders.insert(order);
      return order;
    }
    const corrected = ({ subject }: Order, name: string): Subject => ({
      ...subject,
      birth: { ...subject.birth, name },
    });

    it('corrects the subject of a paid order, raises its version, and the revision that customers see', async () => {
      const order = await paid();
      const subject = corrected(order, 'Grace');
      expect(await store.orders.correct(order, subject)).toMatchObject({
        subject,
        subjectVersion: 1,
        revision: order.revision + 1,
      });
    });

    it('refuses a correction of what was corrected, frozen, erased or ended since it was read', async () => {
      const order = await paid();
      const first = await store.orders.correct(order, corrected(order, 'First'));
      expect(await store.orders.correct(order, corrected(order, 'Stale'))).toBeNull();
      if (!first) throw new Error('not corrected');
      expect(await store.orders.correct(first, corrected(order, 'Second'))).not.toBeNull();

      for (const change of [
        { subjectFrozenAt: NOW.toISOString() },
        { erasedAt: NOW.toISOString() },
        { state: 'cancelled' },
        { state: 'awaiting_payment' },
      ] as const) {
        const closed = await paid(change);
        expect(await store.orders.correct(closed, corrected(closed, 'Late'))).toBeNull();
        expect((await store.orders.find(closed.id))?.subject).toEqual(closed.subject);
      }
    });

    it('freezes a subject once, and returns the order as it is after that', async () => {
      const order = await paid();
      const subjectFrozenAt = NOW.toISOString();
      expect(await store.orders.freezeSubject(order.id, NOW)).toMatchObject({ subjectFrozenAt });
      expect(await store.orders.freezeSubject(order.id, later(5))).toMatchObject({
        subjectFrozenAt,
      });
      expect(await store.orders.freezeSubject('ord_none', NOW)).toBeNull();
    });

    it('ends a grace that is still to end, and only such a one', async () => {
      const { id } = await paid({ graceUntil: later(60_000).toISOString() });
      const graceUntil = later(1_000).toISOString();
      expect(await store.orders.endGrace(id, later(1_000))).toMatchObject({ graceUntil });
      expect(await store.orders.endGrace(id, later(2_000))).toBeNull();
      expect((await store.orders.find(id))?.graceUntil).toBe(graceUntil);
      expect(await store.orders.endGrace((await paid()).id, NOW)).toBeNull();
      const none = await paid({ graceUntil: null });
      expect(await store.orders.endGrace(none.id, NOW)).toBeNull();
    });

    it('removes the facts of one report', async () => {
      const facts = { ephemeris: 'e' } as Parameters<Store['facts']['insert']>[2];
      const { id } = await paid();
      await store.facts.insert(`${id}-a`, id, facts);
      await store.facts.insert(`${id}-b`, id, facts);
      await store.facts.remove(`${id}-a`);
      expect(await store.facts.find(`${id}-a`)).toBeNull();
      expect(await store.facts.find(`${id}-b`)).toEqual(facts);
    });

    it(`of a correction and a first claim at once, ${RACES} times, the claim reads the correction or refuses it`, async () => {
      let taken = 0;
      for (let race = 0; race < RACES; race += 1) {
        const order = await paid();
        const report = exampleReport(order.id);
        await store.reports.upsert([report]);
        const claim = async () => {
          await turns(race % 5);
          await other.reports.claim(report.id, NOW);
          return other.orders.freezeSubject(order.id, NOW);
        };
        const correct = async () => {
          await turns(race % 3);
          return store.orders.correct(order, corrected(order, 'Corrected'));
        };
        const [claimed, correction] = await Promise.all([claim(), correct()]);
        const read = claimed?.subject.birth.name;
        expect(read).toBe(correction === null ? order.subject.birth.name : 'Corrected');
        expect((await store.orders.find(order.id))?.subject.birth.name).toBe(read);
        if (correction !== null) taken += 1;
      }
      expect(taken).toBeGreaterThan(0);
    }, 60_000);
  });
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
}
