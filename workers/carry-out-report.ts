/** The hot path: one run, from a job in the queue to a delivered report. */
import type { Catalogue } from '../src/domain/catalogue.ts';
import { NeedsOperator, StaleRun } from '../src/domain/errors.ts';
import type { Outcome } from '../src/domain/outcome.ts';
import { type Timings, TRIES } from '../src/domain/patience.ts';
import type { Store } from '../src/domain/ports/store.ts';
import type { RunSteps, Signals } from '../src/domain/ports/work.ts';
import { editionOf, type Report, type ReportChange, type StoredPdf } from '../src/domain/report.ts';
import type { ReportFacts } from '../src/domain/sky.ts';
import type { ReportState } from '../src/domain/transitions.ts';
import type { SettleOrder } from '../src/orders/settle-order.ts';
import type { Log } from '../src/telemetry/log.ts';
import { checkWhole } from './check-whole.ts';
import { chooseModel } from './choose-model.ts';
import { claimReport } from './claim-report.ts';
import { followReport } from './follow-report.ts';
import { limitRunningTime } from './limits.ts';
import { createMakePdf, type MakePdfDeps, type Work } from './make-pdf.ts';
import { concludeFault, outcomeWithoutStore } from './outcome.ts';
import type { WatchRun } from './watchdog.ts';

export interface CarryOutDeps extends MakePdfDeps {
  store: Store;
  catalogue: Catalogue;
  runSteps: RunSteps;
  signals: Pick<Signals, 'wake' | 'listen'>;
  settleOrder: SettleOrder;
  watchRun: WatchRun;
  /** see Watchdog */
  awakeMs: () => number;
  timings: Timings;
  log: Log;
}

/** Never rejects. @param stop aborted with a RunStopped when this run has to let go */
export type CarryOutReport = (
  job: { reportId: string; orderId: string },
  stop: AbortSignal,
) => Promise<Outcome>;

/** What a run was claimed with. */
interface Run extends Work {
  /** its running time so far, milliseconds */
  countedMs: () => Promise<number>;
}

export function createCarryOutReport(deps: CarryOutDeps): CarryOutReport {
  const { store, clock } = deps;
  const makePdf = createMakePdf(deps);

  return async (job, stop) => {
    const log = deps.log.child(job);
    try {
      const claim = await claimReport(deps, job);
      if (claim.kind === 'refused') {
        if (claim.settled) await settle(job.orderId);
        return claim.outcome;
      }
      const { report, order, definition } = claim;
      log.info({ fence: report.fence, edition: editionOf(report) }, 'run begins');
      const limit = limitRunningTime(deps, report, definition.limits);
      const followed = followReport(deps, report);
      const signal = AbortSignal.any([stop, limit.signal, followed.signal]);
      try {
        const { countedMs } = limit;
        await carryOut({ report, order, definition, signal, countedMs });
        await settle(job.orderId);
        return { kind: 'done' };
      } catch (error) {
        const outcome = await concludeFault(deps, report, error, signal, limit.countedMs);
        // `drop`: someone else ended the report during this run, and perhaps nobody else settles the order
        if (outcome.kind === 'fail' || outcome.kind === 'drop') await settle(job.orderId);
        return outcome;
      } finally {
        limit.close();
        followed.close();
        deps.signals.wake(job.orderId);
      }
    } catch (error) {
      log.error({ err: error }, 'the store did not answer');
      return outcomeWithoutStore(deps.timings);
    }
  };

  /** The stages. Each stores its result, and repeats nothing that is already stored. */
  async function carryOut(run: Run): Promise<void> {
    const { report, definition, order, signal } = run;
    if (report.crashes >= TRIES.crashes) {
      throw new NeedsOperator('crash_loop', `${report.id}: ${report.crashes} crashes in a row`);
    }
    if (recordedPdf(report) === null) {
      const facts = await factsOf(run);
      const plan = definition.plan(facts, order.subject);
      const model = await chooseModel(deps, report, definition);
      if (model === null) throw new StaleRun(report.id);
      await deps.runSteps({ report, definition: { ...definition, model }, plan, signal });

      await move(report, 'rendering', { pagesDrawn: 0 });
      await checkWhole(store.sections, report, plan);
      const pdf = await makePdf(run, facts, () => move(report, 'delivering'));
      const progressAt = clock().toISOString();
      const change = { pdf, crashes: 0, snoozes: 0, progressAt };
      if (!(await store.reports.change(report.id, report.fence, change))) {
        throw new StaleRun(report.id);
      }
    } else {
      await move(report, 'rendering');
      await move(report, 'delivering');
    }
    const runningMs = report.runningMs + (await run.countedMs());
    const settledAt = clock().toISOString();
    await move(report, 'delivered', { reason: null, settledAt, runningMs });
  }

  /** Computed once, by the first run. Up to 2 s of CPU: rare, and well within the job's lock. */
  async function factsOf({ report, order, definition }: Run): Promise<ReportFacts> {
    const stored = await store.facts.find(report.id);
    if (stored) return stored;
    const facts = definition.gatherFacts(order.subject);
    return store.facts.insert(report.id, order.id, facts);
  }

  /** @throws StaleRun when the report no longer belongs to this run */
  async function move(report: Report, to: ReportState, change?: ReportChange): Promise<void> {
    const moved = await store.reports.move(report.id, report.fence, to, clock(), change);
    if (!moved) throw new StaleRun(report.id);
    deps.signals.wake(report.orderId);
  }

  /** The report has settled by now: if this fails, the sweeper finishes it. */
  async function settle(orderId: string): Promise<void> {
    try {
      await deps.settleOrder(orderId);
    } catch (error) {
      deps.log.error({ err: error, orderId }, 'order not settled: the sweeper will do it');
    }
  }
}

function recordedPdf(report: Report): StoredPdf | null {
  return report.pdf?.edition === editionOf(report) ? report.pdf : null;
}
