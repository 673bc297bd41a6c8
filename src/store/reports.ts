/** Reports: claims and fenced moves. */
import type { Order } from '../domain/order.ts';
import type { Report, ReportStore } from '../domain/report.ts';
import {
  CLAIMABLE,
  REPORT_TRANSITIONS,
  type ReportState,
  RUN_STATES,
} from '../domain/transitions.ts';
import type { Collection } from './collection.ts';
import { raiseRevision } from './revision.ts';

/** A report leaves these only by an operator's move, or for good: its time begins again. */
const BY_HAND: readonly ReportState[] = ['held', 'failed'];

export function createReportStore({
  reports,
  orders,
}: {
  reports: Collection<Report>;
  orders: Collection<Order>;
}): ReportStore {
  return {
    async upsert(missing) {
      for (const report of missing) {
        await reports.insert(report, [raiseRevision(orders, report.orderId)]);
      }
    },

    find: (id) => reports.findOne({ id }),
    ofOrder: (orderId) => reports.find({ orderId }, ['createdAt', 'id']),

    async claim(id, now) {
      const at = now.toISOString();
      let fence: number | null = null;
      // Read, then write if nothing has changed since. Same fence, but another state: look again.
      // Another fence: a rival won, and its live run must not be taken for a dead one.
      for (;;) {
        const seen = await reports.findOne({ id });
        if (!seen || !CLAIMABLE.includes(seen.state)) return null;
        fence ??= seen.fence;
        if (seen.fence !== fence) return null;
        if (seen.notBefore !== null && seen.notBefore > at) return null;
        const runDied = RUN_STATES.includes(seen.state);
        const claimed = await reports.update(
          { id, state: seen.state, fence: seen.fence, notBefore: seen.notBefore },
          {
            set: {
              state: 'generating',
              runStartedAt: at,
              ...(seen.fence === 0 && { progressAt: at }),
            },
            inc: { fence: 1, crashes: runDied ? 1 : 0 },
          },
          [raiseRevision(orders, seen.orderId)],
        );
        if (claimed) return claimed;
      }
    },

    async move(id, fence, to, now, change) {
      for (;;) {
        const seen = await reports.findOne({ id });
        if (seen?.fence !== fence || !REPORT_TRANSITIONS[seen.state].includes(to)) return null;
        const moved = await reports.update(
          { id, fence, state: seen.state },
          {
            set: {
              ...change,
              state: to,
              runStartedAt: RUN_STATES.includes(to) ? seen.runStartedAt : null,
              heldAt: to === 'held' ? now.toISOString() : null,
              ...(BY_HAND.includes(seen.state) && { progressAt: now.toISOString() }),
            },
          },
          [raiseRevision(orders, seen.orderId)],
        );
        if (moved) return moved;
      }
    },

    async change(id, fence, change) {
      const seen = await reports.findOne({ id, fence });
      if (!seen) return null;
      return reports.update({ id, fence }, { set: change }, [raiseRevision(orders, seen.orderId)]);
    },

    inStates: (states, most) =>
      reports.each({ state: { in: states } }, ['createdAt', 'id'], { most }),
  };
}
