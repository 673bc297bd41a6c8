/** Opens the link of an e-mail: it needs no sign-in, so it expires and can be revoked. */
import { AlmanacError } from '../domain/errors.ts';
import type { Store } from '../domain/ports/store.ts';
import { idOfToken, type Tokens } from '../domain/token.ts';
import type { OpenReport } from './open-report.ts';

export interface OpenLinkDeps {
  store: Store;
  tokens: Tokens;
  openReport: OpenReport;
  clock: () => Date;
}

/**
 * Counts the download.
 * @returns a short-lived address of the PDF
 * @throws AlmanacError `not_found` for a token that opens nothing, `link_expired` for one whose time
 *   is over; TransientFault when the blob store is away
 */
export type OpenLink = (token: string) => Promise<string>;

export function createOpenLink({ store, tokens, openReport, clock }: OpenLinkDeps): OpenLink {
  return async (token) => {
    const link = await store.links.find(idOfToken(token) ?? '');
    if (link === null || !tokens.matches(token, 'link', link.id, link.generation)) {
      throw new AlmanacError(
        'not_found',
        'This link opens no report. Check that it was copied whole from the e-mail.',
      );
    }
    if (new Date(link.expiresAt) <= clock()) {
      throw new AlmanacError(
        'link_expired',
        'This link has expired. Your order page, linked in the same e-mail, still opens the report.',
      );
    }
    const report = await store.reports.find(link.reportId);
    const url = await openReport(link.orderId, report?.productId ?? '');
    await store.links.countDownload(link.id);
    return url;
  };
}
