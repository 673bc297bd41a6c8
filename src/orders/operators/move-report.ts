/** Makes a move from the table, fenced like a run's own moves and audited. Whoever watches is woken. */
import { auditEntry } from '../../domain/audit.ts';
import { AlmanacError } from '../../domain/errors.ts';
import { graceLeft } from '../../domain/grace.ts';
import type { Timings } from '../../domain/patience.ts';
import type { Store } from '../../domain/ports/store.ts';
import type { Signals } from '../../domain/ports/work.ts';
import { newRefund, refundIdOf } from '../../domain/refund.ts';
import { DISPUTED, type Report } from '../../domain/report.ts';
import { beginUnbegun } from '../begin-unbegun.ts';
import { type NudgeDeps, nudgeReport } from '../nudge-report.ts';
import { type Follow, MOVES, type Move, type MoveName } from './moves.ts';
import { type Renewal, type RenewVersionDeps, renewVersion } from './renew-version.ts';

export interface MoveReportDeps extends NudgeDeps, RenewVersionDeps {
  store: Pick<Store, 'orders' | 'reports' | 'audit' | 'refunds' | 'sections' | 'facts' | 'models'>;
  signals: Pick<Signals, 'wake'>;
  timings: Pick<Timings, 'deadline'>;
  clock: () => Date;
}

export interface Moved {
  report: Report;
  /** its share was already refunded: what is written now is free */
  gift: boolean;
}

/**
 * A run that holds the report is woken at once and writes nothing more.
 * @param asked.why kept in the audit
 * @param asked.gift it may be written although its payment is disputed, or went back
 * @param asked.askAgain finished steps may be asked, and paid for, once more
 * @param asked.customerAsked it may begin although its order is in its grace, which ends with it for all its reports
 * @throws AlmanacError `not_found`, `report_state` when the report does not allow it, or
 *   `report_disputed` when it would have to be a gift, `report_asks_again` with the number of finished steps that
 *   would be asked again, `report_in_grace`; InvalidInput `fromStep`
 */
export type MoveReport = (
  name: MoveName,
  reportId: string,
  asked: {
    why: string;
    fromStep?: number | null;
    gift?: boolean;
    askAgain?: boolean;
    customerAsked?: boolean;
  },
) => Promise<Moved>;

export function createMoveReport(deps: MoveReportDeps): MoveReport {
  const { store, signals, clock } = deps;

  /** A run may move the report in between: then it starts over. */
  async function write(
    name: MoveName,
    move: Move,
    reportId: string,
    asked: Parameters<MoveReport>[2],
  ) {
    let endsGrace = false;
    for (;;) {
      const report = await findReport(store, reportId);
      if (!move.from.includes(report.state)) {
        const why = `${reportId} is ${report.state}, but ${name} needs ${move.takes}.`;
        throw new AlmanacError('report_state', why);
      }
      const unpaid = move.gifts === true && (await isUnpaid(report));
      if (unpaid && !asked.gift) throw notPaid(name, reportId);
      const renewal = move.renews ? await renewVersion(deps, report) : null;
      if (renewal !== null && renewal.askedAgain > 0 && !asked.askAgain) {
        throw asksAgain(name, reportId, renewal);
      }
      const graceEnds = move.begins === true ? await graceOf(report) : null;
      if (graceEnds !== null && !asked.customerAsked) throw inGrace(name, reportId, graceEnds);
      if (graceEnds !== null) {
        // written first: the sweeper finishes what is cut short
        await store.orders.endGrace(report.orderId, clock());
        endsGrace = true;
      }
      const now = clock();
      const { to, change, detail } = move.plan(report, {
        now,
        deadline: new Date(now.getTime() + deps.timings.deadline),
        fromStep: asked.fromStep ?? null,
        renewal,
      });
      const moved =
        to === undefined
          ? await store.reports.change(reportId, report.fence, change)
          : await store.reports.move(reportId, report.fence, to, now, change);
      if (moved === null) continue;
      const said = [asked.why, endsGrace && 'the customer asked', unpaid && 'a gift', detail]
        .filter(Boolean)
        .join('; ');
      await audit(moved, name, said);
      signals.wake(moved.orderId);
      if (endsGrace) await beginOthers(moved);
      return { report: moved, gift: unpaid };
    }
  }

  /** @returns when the grace of a report that is not begun ends; null: it has none */
  async function graceOf({ orderId, fence }: Report): Promise<Date | null> {
    const order = fence === 0 ? await store.orders.find(orderId) : null;
    return order && graceLeft(order, clock());
  }

  async function beginOthers({ orderId }: Report): Promise<void> {
    const order = await store.orders.find(orderId);
    if (order) await beginUnbegun(deps, order, await store.reports.ofOrder(orderId));
  }

  /** The bank has the money, or may take it; or all of it went back. */
  async function isUnpaid({ orderId, reason }: Report): Promise<boolean> {
    const order = await store.orders.find(orderId);
    return reason === DISPUTED || Boolean(order?.disputedAt) || Boolean(order?.withdrawnAt);
  }

  function audit({ id: reportId, orderId }: Report, action: string, detail: string): Promise<void> {
    return store.audit.append(
      auditEntry({ actor: 'operator', action, orderId, reportId, detail }, clock()),
    );
  }

  /** @returns whether the move is a gift */
  const follow: Record<Follow, (report: Report) => Promise<boolean>> = {
    async nudge(report) {
      await nudgeReport(deps, report);
      return false;
    },
    async pay_back(report) {
      const order = await store.orders.find(report.orderId);
      const now = clock();
      if (order === null) return false;
      const owed = { order, report, reason: 'operator', dueAt: now } as const;
      await store.refunds.ensure(newRefund(owed, now));
      return false;
    },
    async keep_money(report) {
      const id = refundIdOf(report.id);
      if (await store.refunds.move(id, 'due', 'void')) return false;
      const refund = await store.refunds.find(id);
      if (refund === null || refund.state === 'void') return false;
      await audit(report, 'gift', 'the share was refunded before the retry');
      return true;
    },
    async reopen_order({ orderId }) {
      // so that the sweeper settles it again if the run dies right after delivery
      await store.orders.change(orderId, { settledAt: null, withdrawnAt: null });
      return false;
    },
  };

  return async (name, reportId, asked) => {
    const move: Move = MOVES[name];
    const written = await write(name, move, reportId, asked);
    const { report } = written;
    let { gift } = written;
    for (const each of move.follows) gift = (await follow[each](report)) || gift;
    return { report, gift };
  };
}

function notPaid(name: MoveName, reportId: string): AlmanacError {
  return new AlmanacError(
    'report_disputed',
    `The payment of ${reportId} is disputed, or went back: nobody pays for what would be written. To ${name} it as a gift, say so: "gift": true beside "why", or --gift.`,
  );
}

function asksAgain(
  name: MoveName,
  reportId: string,
  { detail, askedAgain }: Renewal,
): AlmanacError {
  return new AlmanacError(
    'report_asks_again',
    `No model lives that ${reportId} can be finished with as it is. Under the newest version, ${askedAgain} finished steps would be asked, and paid for, once more (${detail}). To ${name} it all the same, say so: "askAgain": true beside "why", or --ask-again.`,
  );
}

function inGrace(name: MoveName, reportId: string, until: Date): AlmanacError {
  return new AlmanacError(
    'report_in_grace',
    `Until ${until.toISOString()} the customer may still correct or cancel the order of ${reportId}. To ${name} it before because the customer asked for it, say so: "customerAsked": true beside "why", or --customer-asked.`,
  );
}

/** @throws AlmanacError `not_found` */
export async function findReport(store: Pick<Store, 'reports'>, reportId: string): Promise<Report> {
  const report = await store.reports.find(reportId);
  if (report === null) throw new AlmanacError('not_found', `There is no report ${reportId}.`);
  return report;
}
