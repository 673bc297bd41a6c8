/** From a complete report to its stored PDF: rendered off the event loop, kept on disk until uploaded. */
import type { Answer } from '../src/domain/call-plan.ts';
import { StaleRun, TransientFault } from '../src/domain/errors.ts';
import type { Order } from '../src/domain/order.ts';
import type { Timings } from '../src/domain/patience.ts';
import type { Store } from '../src/domain/ports/store.ts';
import type { BlobStore, PdfRenderer, RenderedPdf, Signals } from '../src/domain/ports/work.ts';
import type { ProductDefinition } from '../src/domain/product.ts';
import { editionOf, pdfKeyOf, type Report, type StoredPdf } from '../src/domain/report.ts';
import type { ReportFacts } from '../src/domain/sky.ts';
import { createPageProgress } from './page-progress.ts';
import type { Scratch } from './scratch-file.ts';

export interface MakePdfDeps {
  store: Pick<Store, 'reports' | 'sections'>;
  renderer: PdfRenderer;
  blob: Pick<BlobStore, 'upload'>;
  signals: Pick<Signals, 'wake'>;
  scratch: Scratch;
  timings: Pick<Timings, 'pageProgress'>;
  clock: () => Date;
}

/** What a run knows about its report. */
export interface Work {
  report: Report;
  order: Order;
  definition: ProductDefinition;
  signal: AbortSignal;
}

/**
 * A PDF that an earlier run on this host has drawn is only uploaded.
 * @param onRendered called before the upload begins
 */
export type MakePdf = (
  work: Work,
  facts: ReportFacts,
  onRendered: () => Promise<void>,
) => Promise<StoredPdf>;

export function createMakePdf(deps: MakePdfDeps): MakePdf {
  const { store, scratch } = deps;

  return async (work, facts, onRendered) => {
    const { report, order, definition, signal } = work;
    const pdf = (await scratch.kept(report)) ?? (await render(work, facts));
    const { file, pages, sha256 } = pdf;
    try {
      await onRendered();
      const key = pdfKeyOf(report, definition.title, order.paidAt ?? report.createdAt);
      const contentType = 'application/pdf';
      const { url, bytes } = await deps.blob.upload(file, key, { contentType, sha256, signal });
      await scratch.remove(file);
      return { edition: editionOf(report), key, url, pages, bytes, sha256 };
    } catch (error) {
      // keep the file if a later upload may succeed
      const later = error instanceof TransientFault || signal.aborted;
      if (!later || error instanceof StaleRun) await scratch.remove(file);
      throw error;
    }
  };

  async function render(work: Work, facts: ReportFacts): Promise<RenderedPdf> {
    const { report, order, definition, signal } = work;
    const file = await scratch.fresh(report);
    const progress = createPageProgress(
      (pages) => tellPages(report, pages),
      deps.timings.pageProgress,
      deps.clock,
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
      await scratch.keep(pdf);
      return pdf;
    } catch (error) {
      await scratch.remove(file);
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
}
