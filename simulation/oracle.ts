/** What must hold at every write, and at the end: the promises to the customer and to the founder. */
import type { Order } from '../src/domain/order.ts';
import type { Refund } from '../src/domain/refund.ts';
import { DISPUTED, type Report, type ReportStore } from '../src/domain/report.ts';
import {
  isSettled,
  ORDER_TRANSITIONS,
  type OrderState,
  REPORT_TRANSITIONS,
  type ReportState,
} from '../src/domain/transitions.ts';
import { ERASED } from '../src/orders/money/owe-unmade-reports.ts';
import { settledStateOf } from '../src/orders/settle-order.ts';

type Document = Record<string, unknown>;

export interface Oracle {
  onWrite(name: string, before: Document | null, after: Document): void;
  /** Checks from outside what a run's writes have done. */
  watchReports(reports: ReportStore): ReportStore;
  sent(key: string, uncertain: boolean): void;
  /** @param call.birth that it asked about */
  asked(call: { reportId: string; birth: string | undefined; wasAnswered: boolean }): void;
  /** A PDF about this birth was drawn. */
  drawn(reportId: string, birth: string): void;
  atEnd(orders: Order[], reports: Report[], refunds: Refund[]): void;
  violations(): string[];
}

/** A run holds the report. Another run that claims it found the first dead, suspended or without its lock. */
const RUN_STATES: ReadonlySet<string> = new Set(['generating', 'rendering', 'delivering']);

/** Failed, or ended by an erasure: its share goes back. */
function isOwed({ state, reason }: Report): boolean {
  return state === 'failed' || (state === 'cancelled' && reason === ERASED);
}

/** @param width calls of one run that may be open at once */
export function createOracle(width: number): Oracle {
  const found = new Set<string>();
  const letters = new Map<string, { times: number; uncertain: number }>();
  const repeats = new Map<string, number>();
  const interrupted = new Map<string, number>();
  const births = new Map<string, Set<string | undefined>>();

  function mustHold(holds: boolean, what: string): void {
    if (!holds) found.add(what);
  }

  function writtenAbout(reportId: string, birth: string | undefined): void {
    births.set(reportId, (births.get(reportId) ?? new Set()).add(birth));
  }

  return {
    onWrite(name, before, after) {
      if (name === 'sections') mustHold(before === null, 'a section was overwritten');
      if (before === null) return;
      const [from, to] = [String(before.state), String(after.state)];
      if (name === 'reports') {
        mustHold(Number(after.fence) >= Number(before.fence), 'a fence went back');
        const allowed = REPORT_TRANSITIONS[from as ReportState];
        const ok = from === to || allowed.includes(to as ReportState);
        mustHold(ok, `a report went from ${from} to ${to}`);
        const id = String(after.id);
        const succeeded = after.fence !== before.fence && RUN_STATES.has(from);
        const lockLost = from !== to && to === 'waiting' && after.reason === 'lock_lost';
        if (succeeded || lockLost) interrupted.set(id, (interrupted.get(id) ?? 0) + 1);
      }
      if (name === 'orders' && before.state !== after.state) {
        const ok = ORDER_TRANSITIONS[from as OrderState].includes(to as OrderState);
        mustHold(ok, `an order went from ${from} to ${to}`);
      }
      const over = name === 'orders' && ORDER_TRANSITIONS[from as OrderState].length === 0;
      if (over) mustHold(before.settledAt === after.settledAt, `an order was ${to} twice`);
    },
    watchReports: (reports) => ({
      ...reports,
      async move(id, fence, ...rest) {
        const moved = await reports.move(id, fence, ...rest);
        mustHold(moved === null || moved.fence === fence, 'a stale run moved a report');
        return moved;
      },
      async change(id, fence, ...rest) {
        const changed = await reports.change(id, fence, ...rest);
        mustHold(changed === null || changed.fence === fence, 'a stale run changed a report');
        return changed;
      },
    }),
    sent(key, uncertain) {
      const letter = letters.get(key) ?? { times: 0, uncertain: 0 };
      letter.times += 1;
      if (uncertain) letter.uncertain += 1;
      letters.set(key, letter);
    },
    asked({ reportId, birth, wasAnswered }) {
      writtenAbout(reportId, birth);
      if (wasAnswered) repeats.set(reportId, (repeats.get(reportId) ?? 0) + 1);
    },
    drawn: writtenAbout,
    atEnd(orders, reports, refunds) {
      for (const [key, { times }] of letters) {
        mustHold(times <= 2, `letter ${key.split('-')[0]} was sent ${times} times`);
      }
      for (const [id, times] of repeats) {
        mustHold(times <= width * (interrupted.get(id) ?? 0), 'a call was repeated for no reason');
      }
      for (const order of orders) {
        const own = reports.filter(({ orderId }) => orderId === order.id);
        if (order.paidAt === null) {
          mustHold(own.length === 0, 'an order that was never paid has reports');
          continue;
        }
        const { utc } = order.subject.birth;
        const about = own.flatMap(({ id }) => [...(births.get(id) ?? [])]);
        mustHold(
          about.every((each) => each === utc),
          'a report is about another birth than its order',
        );
        mustHold(own.length === order.items.length, 'a paid order lacks reports');
        const open = own.filter(({ state }) => !isSettled(state)).map(({ state }) => state);
        mustHold(open.length === 0, `a report of a paid order is left ${open.join()}`);
        if (open.length > 0) continue;
        mustHold(order.state === settledStateOf(own), `an order is left ${order.state}`);
        const held = own.some(({ reason }) => reason === DISPUTED);
        mustHold(!held || order.withdrawnAt != null, 'a disputed report ended although it was won');
        // of what the bank has taken, nothing is owed
        const unmade = own.filter((report) => isOwed(report) && !order.withdrawnAt);
        const rows = refunds.filter(
          ({ orderId, state }) => orderId === order.id && state !== 'void',
        );
        const isMadeGood = ({ id }: Report) =>
          rows.some(({ reportId }) => reportId === null || reportId === id);
        mustHold(unmade.every(isMadeGood), 'a report that was paid and not delivered is not owed');
        const delivered = own.filter(({ state }) => state === 'delivered');
        if (delivered.length > 0) {
          const told = [...letters.keys()].some((key) => key.includes(order.id));
          mustHold(told, 'a customer was never told of a delivered report');
        }
      }
    },
    violations: () => [...found],
  };
}
