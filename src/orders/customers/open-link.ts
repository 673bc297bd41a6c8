/** Opens a link from an e-mail: it needs no sign-in, so it expires and can be revoked. */
import { AlmanacError } from '../../domain/errors.ts';
import type { Needs } from '../needs.ts';
import { findLink } from './find-link.ts';
import type { OpenReport } from './open-report.ts';

/**
 * Counts the download, unless it only resumes an earlier one.
 * @returns a short-lived address of the PDF
 * @throws AlmanacError `not_found` for a token that never opened anything, `link_expired` for one that
 *   has expired or was replaced; TransientFault when the blob store is away
 */
export type OpenLink = (token: string, goesOn: boolean) => Promise<string>;

export function createOpenLink({
  store,
  tokens,
  openReport,
  clock,
}: Needs<'store' | 'tokens' | 'clock'> & { openReport: OpenReport }): OpenLink {
  return async (token, goesOn) => {
    const { link, current } = await findLink({ store, tokens }, token);
    if (!current || new Date(link.expiresAt) <= clock()) {
      const what = current ? 'has expired' : 'has been replaced by a newer one';
      throw new AlmanacError(
        'link_expired',
        `This link ${what}. We can send a new one to the e-mail address of the order. You can also open the report from your order page, which is linked in the same e-mail.`,
      );
    }
    const report = await store.reports.find(link.reportId);
    const url = await openReport(link.orderId, report?.productId ?? '');
    if (!goesOn) await store.links.countDownload(link.id, clock());
    return url;
  };
}
