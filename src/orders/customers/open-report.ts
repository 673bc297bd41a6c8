/** Opens a delivered report: a short-lived address of its PDF, which anyone may use until it expires. */
import { AlmanacError } from '../../domain/errors.ts';
import { reportIdOf } from '../../domain/ids.ts';
import type { Needs } from '../needs.ts';

/**
 * @returns the address, valid for `timings.signedUrl`
 * @throws AlmanacError `not_found` when the order has no such report, `report_not_ready` before it
 *   is delivered, `erased`, `report_withdrawn`; TransientFault when the blob store is away
 */
export type OpenReport = (orderId: string, productId: string) => Promise<string>;

export function createOpenReport({
  store,
  blob,
  timings,
}: Needs<'store' | 'blob' | 'timings'>): OpenReport {
  return async (orderId, productId) => {
    const report = await store.reports.find(reportIdOf(orderId, productId));
    if (report === null) {
      throw new AlmanacError(
        'not_found',
        'This order has no report for that product. GET /v1/orders/:id lists its reports.',
      );
    }
    if (report.state !== 'delivered' || report.pdf === null) {
      throw new AlmanacError(
        'report_not_ready',
        'This report is not finished yet. GET /v1/orders/:id shows its progress.',
      );
    }
    const order = await store.orders.find(orderId);
    if (order?.withdrawnAt) {
      throw new AlmanacError(
        'report_withdrawn',
        'What was paid for this order went back, so its reports can no longer be downloaded. Answer any of our e-mails if this is wrong.',
      );
    }
    if (order?.erasedAt) {
      throw new AlmanacError('erased', 'This report was erased, as requested.');
    }
    return blob.signedUrl(report.pdf.key, timings.signedUrl);
  };
}
