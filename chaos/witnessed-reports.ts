/** The store's reports with a witness beside them: it writes down each write accepted under a stale fence. */
import { appendFileSync } from 'node:fs';
import type { ReportStore } from '../src/domain/ports/store.ts';
import type { Report } from '../src/domain/report.ts';
import { createReportStore as createReal } from '../src/store/reports.ts';

const file = process.env.CHAOS_WITNESS ?? '';

export function createReportStore(collections: Parameters<typeof createReal>[0]): ReportStore {
  const reports = createReal(collections);
  function witness(id: string, fence: number, written: Report | null): Report | null {
    if (written !== null && written.fence !== fence) {
      appendFileSync(file, `${JSON.stringify({ id, fence, standing: written.fence })}\n`);
    }
    return written;
  }
  return {
    ...reports,
    move: async (id, fence, ...rest) => witness(id, fence, await reports.move(id, fence, ...rest)),
    change: async (id, fence, ...rest) =>
      witness(id, fence, await reports.change(id, fence, ...rest)),
  };
}
