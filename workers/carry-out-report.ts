/** The hot path: one run, from a job in the queue to a delivered report. */
import type { Answer } from '../src/domain/call-plan.ts';
import type { Catalogue } from '../src/domain/catalogue.ts';
import { NeedsOperator, StaleRun, TransientFault } from '../src/domain/errors.ts';
import type { Order } from '../src/domain/order.ts';
import type { Outcome } from '../src/domain/outcome.ts';
import type { Store } from '../src/domain/ports/store.ts';
import type {
  BlobStore,
  PdfRenderer,
  RenderedPdf,
  RunSteps,
  Signals,
} from '../src/domain/ports/work.ts';
import type { ProductDefinition } from '../src/domain/product.ts';
import type { ReportChange } from '../src/domain/report.ts';
import { editionOf, pdfKeyOf, type Report, type StoredPdf } from '../src/domain/report.ts';
import type { ReportFacts } from '../src/domain/sky.ts';
import type { Timings } from '../src/domain/timings.ts';
import type { ReportState } from '../src/domain/transitions.ts';
import type { SettleOrder } from '../src/orders/settle-order.ts';
import type { Log } from '../src/telemetry/log.ts';
import { checkWhole } from './check-whole.ts';
import { claimReport } from './claim-report.ts';
import { followReport } from './follow-report.ts';
import { limitRunningTime } from './limits.ts';
import { concludeFault, outcomeWithoutStore } from './outcome.ts';
import { createPageProgress } from './page-progress.ts';
import type { Scratch } from './scratch-file.ts';
import type { WatchRun } from './watchdog.ts';

export interface CarryOutDeps {
  store: Store;
  catalogue: Catalogue;
  runSteps: RunSteps;
  renderer: PdfRenderer;
  blob: BlobStore;
  signals: Pick<Signals, 'wake' | 'listen'>;
  settleOrder: SettleOrder;
  watchRun: WatchRun;
  /** see Watchdog */
  awakeMs: () => number;
  timings: Timings;
  scratch: Scratch;
  log: Log;
  clock: () => Date;
}

/** Never rejects. @param stop aborted with a RunStopped when this run has to let go */
export type CarryOutReport = (
  job: { reportId: string; orderId: string },
  stop: AbortSignal,
) => Promise<Outcome>;

/** Runs that died one after another without a section saved in between. */
const CRASHES = 5;

/** One turn at a report: what it was claimed with. */
interface Run {
  report: Report;
  order: Order;
  definition: ProductDefinition;
  signal: AbortSignal;
  /** what it has run so far */
  countedMs: () => Promise<number>;
}

export function createCarryOutReport(deps: CarryOutDeps): CarryOutReport {
  const { store, clock } = deps;

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
        // `drop`: another hand has ended the report under this run, and nobody else may be there
        if (outcome.kind === 'fail' || outcome.kind === 'drop') await settle(job.orderId);
        return outcome;
      } finally {
        limit.close();
        followed.close();
        deps.signals.wake(job.orderId);
      }
    } catch (error) {
      log.error({ err: error }, 'the store did not take part');
      return outcomeWithoutStore(deps.timings);
    }
  };

  /** The stages. Each leaves something that stands, and redoes nothing that stands already. */
  async function carryOut(run: Run): Promise<void> {
    const { report, definition, order, signal } = run;
    if (report.crashes >= CRASHES) {
      throw new NeedsOperator('crash_loop', `${report.id} crashed ${report.crashes} times on end`);
    }
    if (recordedPdf(report) === null) {
      const facts = await factsOf(run);
      const plan = definition.plan(facts, order.subject);
      const model = { ...definition.model, name: report.model };
      await deps.runSteps({ report, definition: { ...definition, model }, plan, signal });

      await move(report, 'rendering', { pagesDrawn: 0 });
      await checkWhole(store.sections, report, plan);
      const pdf = await renderAndUpload(run, facts);
      if (!(await store.reports.change(report.id, report.fence, { pdf, crashes: 0, snoozes: 0 }))) {
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

  /** Computed once, by the first run. Up to 2 s of CPU: well within a lock, and rare. */
  async function factsOf({ report, order, definition }: Run): Promise<ReportFacts> {
    const stored = await store.facts.find(report.id);
    if (stored) return stored;
    const facts = definition.gatherFacts(order.subject);
    return store.facts.insert(report.id, order.id, facts);
  }

  async function renderAndUpload(run: Run, facts: ReportFacts): Promise<StoredPdf> {
    const { report, order, definition, signal } = run;
    const pdf = (await deps.scratch.kept(report)) ?? (await render(run, facts));
    const { file, pages, sha256 } = pdf;
    try {
      await move(report, 'delivering');
      const key = pdfKeyOf(report, definition.title, order.paidAt ?? report.createdAt);
      const contentType = 'application/pdf';
      const { url, bytes } = await deps.blob.upload(file, key, { contentType, sha256, signal });
      await deps.scratch.remove(file);
      return { edition: editionOf(report), key, url, pages, bytes, sha256 };
    } catch (error) {
      // where an upload may succeed later, the file waits for it
      const later = error instanceof TransientFault || signal.aborted;
      if (!later || error instanceof StaleRun) await deps.scratch.remove(file);
      throw error;
    }
  }

  async function render(run: Run, facts: ReportFacts): Promise<RenderedPdf> {
    const { report, order, definition, signal } = run;
    const file = await deps.scratch.fresh(report);
    const progress = createPageProgress(
      (pages) => tellPages(report, pages),
      deps.timings.pageProgress,
      clock,
    );
    try {
      const createdAt = order.paidAt ?? report.createdAt;
      const source = { createdAt, answers: answersOf(report) };
      const document = definition.document(facts, order.subject, source);
      signal.throwIfAborted();
      const pdf = await deps.renderer.render(document, file, { signal, onPage: progress.drawn });
      if (definition.pages !== null && pdf.pages !== definition.pages) {
        throw new Error(`${report.id} has ${pdf.pages} pages instead of ${definition.pages}`);
      }
      await deps.scratch.keep(pdf);
      return pdf;
    } catch (error) {
      await deps.scratch.remove(file);
      throw error;
    } finally {
      await progress.settled();
    }
  }

  async function tellPages(report: Report, pagesDrawn: number): Promise<void> {
    await store.reports.change(report.id, report.fence, { pagesDrawn });
    deps.signals.wake(report.orderId);
  }

  async function* answersOf(report: Report): AsyncGenerator<Answer> {
    for await (const section of store.sections.read(report)) yield* section.answers;
  }

  /** @throws StaleRun when the report is not this run's any more */
  async function move(report: Report, to: ReportState, change?: ReportChange): Promise<void> {
    const moved = await store.reports.move(report.id, report.fence, to, clock(), change);
    if (!moved) throw new StaleRun(report.id);
    deps.signals.wake(report.orderId);
  }

  /** The report has settled by now: what goes wrong here is the sweeper's to finish. */
  async function settle(orderId: string): Promise<void> {
    try {
      await deps.settleOrder(orderId);
    } catch (error) {
      deps.log.error({ err: error, orderId }, 'order not settled: the sweeper will');
    }
  }
}

function recordedPdf(report: Report): StoredPdf | null {
  return report.pdf?.edition === editionOf(report) ? report.pdf : null;
}
