/** Sends one e-mail row: composed from the store, handed to the provider, marked. */
import type { EmailRow } from '../domain/delivery.ts';
import { NeedsOperator, TransientFault } from '../domain/errors.ts';
import type { Store } from '../domain/ports/store.ts';
import type { ComposeLetter, LetterData, Mailer } from '../domain/ports/work.ts';
import type { Catalogue } from '../domain/product.ts';
import type { Report } from '../domain/report.ts';
import type { Timings } from '../domain/timings.ts';
import type { Tokens } from '../domain/token.ts';
import type { Log } from '../telemetry/log.ts';

export interface SendEmailDeps {
  store: Pick<Store, 'orders' | 'reports' | 'links' | 'emails'>;
  catalogue: Catalogue;
  composeLetter: ComposeLetter;
  mailer: Mailer;
  tokens: Tokens;
  /** where customers reach the API, without a slash at the end */
  publicUrl: string;
  timings: Pick<Timings, 'emailUnknown'>;
  log: Log;
  clock: () => Date;
}

/**
 * Does nothing where another sender has the row, or it was sent. The mailer's faults are logged, not
 * thrown: the sweeper tries again.
 */
export type SendEmail = (key: string) => Promise<void>;

/** A try whose answer never came may have been sent: once more, and no third time. */
const TRIES = 2;

export function createSendEmail(deps: SendEmailDeps): SendEmail {
  const { store, clock } = deps;

  return async (key) => {
    const due = await store.emails.find(key);
    if (!due || due.state === 'sent' || due.state === 'failed') return;
    // Composed before the row is taken: what goes wrong up to there costs no try.
    const letter = deps.composeLetter(due.kind, key, await letterData(due));
    const now = clock();
    const unknownBefore = new Date(now.getTime() - deps.timings.emailUnknown);
    const row = await store.emails.take(key, now, unknownBefore);
    if (!row) return;
    const log = deps.log.child({ emailKey: key, orderId: row.orderId, tries: row.tries });
    if (row.tries > TRIES) {
      log.error('e-mail given up: its tries went unanswered');
      await store.emails.change(key, { state: 'failed' });
      return;
    }
    try {
      const { providerId } = await deps.mailer.send(letter);
      const sentAt = clock().toISOString();
      await store.emails.change(key, { state: 'sent', providerId, sentAt });
      log.info('e-mail sent');
    } catch (err) {
      log.error({ err }, 'e-mail not sent');
      await putBack(row, err);
    }
  };

  /** A row that stays `sending` is tried again after `timings.emailUnknown`. */
  async function putBack(row: EmailRow, error: unknown): Promise<void> {
    if (error instanceof NeedsOperator && error.code === 'mail_rejected') {
      await store.emails.change(row.key, { state: 'failed' });
    } else if (error instanceof NeedsOperator || isDeferred(error)) {
      // certainly not sent: this try does not count
      await store.emails.change(row.key, { tries: row.tries - 1 });
    }
  }

  async function letterData(row: EmailRow): Promise<LetterData> {
    const order = await store.orders.find(row.orderId);
    if (!order) throw new Error(`order ${row.orderId} is gone`);
    const reports = await store.reports.ofOrder(row.orderId);
    const access = deps.tokens.make('access', order.id, order.accessGeneration);
    const sequence = order.items.map((item) => item.productId);
    const wanted = reports
      .filter((report) => row.reportIds.includes(report.id))
      .toSorted((a, b) => sequence.indexOf(a.productId) - sequence.indexOf(b.productId));
    return {
      order,
      reports: await Promise.all(wanted.map(linked)),
      missing: reports.filter((report) => report.state === 'failed').map(titleOf),
      statusUrl: `${deps.publicUrl}/o/${access}`,
    };
  }

  async function linked(report: Report): Promise<LetterData['reports'][number]> {
    const link = await store.links.find(`lnk_${report.id}`);
    if (!link) throw new Error(`report ${report.id} has no link`);
    const token = deps.tokens.make('link', link.id, link.generation);
    return {
      title: titleOf(report),
      url: `${deps.publicUrl}/d/${token}`,
      pages: report.pdf?.pages ?? 0,
    };
  }

  function titleOf({ productId, version }: Report): string {
    const newest = deps.catalogue.products.find((product) => product.id === productId);
    return (deps.catalogue.definition(productId, version) ?? newest)?.title ?? productId;
  }
}

function isDeferred(error: unknown): boolean {
  return error instanceof TransientFault && error.code === 'mail_deferred';
}
