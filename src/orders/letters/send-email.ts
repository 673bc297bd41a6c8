/** Sends one e-mail row: composed from the store, handed to the provider, marked. */
import type { Catalogue } from '../../domain/catalogue.ts';
import type { EmailRow } from '../../domain/email.ts';
import { NeedsOperator, TransientFault } from '../../domain/errors.ts';
import { graceLeft } from '../../domain/grace.ts';
import { reportIdOf } from '../../domain/ids.ts';
import { linkIdOf } from '../../domain/link.ts';
import type { Order } from '../../domain/order.ts';
import { type Timings, TRIES } from '../../domain/patience.ts';
import type { Store } from '../../domain/ports/store.ts';
import type {
  ComposeAlert,
  ComposeLetter,
  Letter,
  LetterData,
  Mailer,
} from '../../domain/ports/work.ts';
import type { Report } from '../../domain/report.ts';
import type { Tokens } from '../../domain/token.ts';
import { isSettled } from '../../domain/transitions.ts';
import type { Log } from '../../telemetry/log.ts';
import { sendAgain, tellNotArrived } from './tell-not-arrived.ts';

export interface SendEmailDeps {
  store: Pick<Store, 'orders' | 'reports' | 'links' | 'emails' | 'refunds' | 'suppressions'>;
  catalogue: Catalogue;
  composeLetter: ComposeLetter;
  composeAlert: ComposeAlert;
  mailer: Mailer;
  /** who gets alerts; null: this process leaves them to others */
  operatorEmail: string | null;
  tokens: Tokens;
  /** where customers reach the API, without a slash at the end */
  publicUrl: string;
  timings: Pick<Timings, 'emailUnknown'>;
  log: Log;
  clock: () => Date;
}

/** Does nothing if another has the row or it was sent. The mailer's faults are only logged: the sweeper retries. */
export type SendEmail = (key: string) => Promise<void>;

export function createSendEmail(deps: SendEmailDeps): SendEmail {
  const { store, catalogue, clock } = deps;

  const sendEmail: SendEmail = async (key) => {
    const due = await store.emails.find(key);
    if (!due || !isUnsent(due)) return;
    if (due.kind === 'alert' && deps.operatorEmail === null) return;
    // Composed before the row is taken: a fault until then costs no try.
    const letter = due.kind === 'alert' ? alertOf(due) : await letterOf(due);
    if (letter === null) {
      await store.emails.change(due, { state: 'failed' }, ['due', 'sending']);
      return;
    }
    if (!(await isItsTurn(due))) return;
    const now = clock();
    const unknownBefore = new Date(now.getTime() - deps.timings.emailUnknown);
    const row = await store.emails.take(key, now, unknownBefore);
    if (!row) return;
    const log = deps.log.child({ emailKey: key, orderId: row.orderId, tries: row.tries });
    if (row.tries > TRIES.letter) {
      log.error('e-mail given up: none of its tries was answered');
      await giveUp(row, 'its tries were not answered: it may have arrived');
      return;
    }
    try {
      const { providerId } = await deps.mailer.send(letter);
      const sentAt = clock().toISOString();
      // from `sending` only: the provider's events may know more by now
      const sent = await store.emails.change(row, { state: 'sent', providerId, sentAt }, [
        'sending',
      ]);
      // some events name the letter by this id only
      if (sent === null) await store.emails.change(row, { providerId });
      log.info('e-mail sent');
    } catch (err) {
      log.error({ err }, 'e-mail not sent');
      await putBack(row, err);
    }
  };
  return sendEmail;

  /** The order's thank-you letter is sent first or given up: no other letter overtakes it. */
  async function isItsTurn({ kind, orderId }: EmailRow): Promise<boolean> {
    if (kind === 'received' || kind === 'alert') return true;
    const first = receivedKeyOf(orderId);
    await sendEmail(first);
    return !isUnsent(await store.emails.find(first));
  }

  /** A row that stays `sending` is tried again after `timings.emailUnknown`. */
  async function putBack(row: EmailRow, error: unknown): Promise<void> {
    if (error instanceof NeedsOperator && error.code === 'mail_rejected') {
      await giveUp(row, 'the mail provider rejected it: the log says why');
    } else if (error instanceof NeedsOperator) {
      // certainly not sent: this try does not count
      await store.emails.change(row, { tries: row.tries - 1 });
    } else if (isDeferred(error)) {
      // nor does this one, and the fault passes soon
      await store.emails.change(row, { state: 'due', tries: row.tries - 1 }, ['sending']);
    }
  }

  /** Told before the row moves: should the process die in between, the row is given up once more. */
  async function giveUp(row: EmailRow, why: string): Promise<void> {
    await tellNotArrived(deps, row, { cause: 'failed', follows: `${why}.\n${sendAgain(row)}` });
    await store.emails.change(row, { state: 'failed' }, ['sending']);
  }

  /** @returns null if the letter must no longer be sent */
  async function letterOf(row: EmailRow): Promise<Letter | null> {
    const order = await store.orders.find(row.orderId);
    if (!order) throw new Error(`order ${row.orderId} does not exist`);
    if (order.erasedAt) return null;
    if (await store.suppressions.has(deps.tokens.fingerprint(order.email))) {
      deps.log.warn({ emailKey: row.key, orderId: order.id }, 'not mailed: the address bounces');
      return null;
    }
    return deps.composeLetter(row.kind, row.key, await letterData(row, order));
  }

  function alertOf(row: EmailRow): Letter | null {
    const { operatorEmail: to, publicUrl } = deps;
    if (to === null) return null;
    return deps.composeAlert({
      to,
      key: row.key,
      note: row.note ?? row.key,
      statusUrl: `${publicUrl}/operator/queues`,
    });
  }

  async function letterData(row: EmailRow, order: Order): Promise<LetterData> {
    const sequence = order.items.map((item) => item.productId);
    const reports = (await store.reports.ofOrder(row.orderId)).toSorted(
      (a, b) => sequence.indexOf(a.productId) - sequence.indexOf(b.productId),
    );
    const access = deps.tokens.make('access', order.id, order.accessGeneration);
    return {
      order: letterOrder(order, clock()),
      titles: sequence.map((productId) => catalogue.titleOf({ productId })),
      reports: await Promise.all(
        reports.filter((report) => row.reportIds.includes(report.id)).map(linked),
      ),
      missing: reports.filter((report) => report.state === 'failed').map(catalogue.titleOf),
      open: reports.filter((report) => !isSettled(report.state)).map(catalogue.titleOf),
      refund: await refundOf(row, order),
      statusUrl: `${deps.publicUrl}/o/${access}`,
    };
  }

  async function refundOf(row: EmailRow, order: Order): Promise<LetterData['refund']> {
    if (row.kind !== 'refunded') return null;
    const together = (await store.refunds.ofOrder(order.id)).filter(
      ({ providerId }) => providerId !== null && refundedKeyOf(providerId) === row.key,
    );
    const [first] = together;
    if (!first) return null;
    const reportIds = together.map(({ reportId }) => reportId);
    const titles = order.items
      .map(({ productId }) => productId)
      .filter((id) => reportIds.includes(null) || reportIds.includes(reportIdOf(order.id, id)))
      .map((productId) => catalogue.titleOf({ productId }));
    const amountMinor = together.reduce((sum, refund) => sum + refund.amountMinor, 0);
    return { amountMinor, reason: first.reason, titles };
  }

  async function linked(report: Report): Promise<LetterData['reports'][number]> {
    const link = await store.links.find(linkIdOf(report.id));
    if (!link) throw new Error(`report ${report.id} has no link`);
    const token = deps.tokens.make('link', link.id, link.generation);
    return {
      title: catalogue.titleOf(report),
      url: `${deps.publicUrl}/d/${token}`,
      pages: report.pdf?.pages ?? 0,
    };
  }
}

function letterOrder(order: Order, now: Date): LetterData['order'] {
  const { id, email, currency, amountMinor, state } = order;
  const graceEndsAt = graceLeft(order, now)?.toISOString() ?? null;
  return { id, email, currency, amountMinor, cancelled: state === 'cancelled', graceEndsAt };
}

export function receivedKeyOf(orderId: string): string {
  return `received-${orderId}`;
}

/** The key of the letter about one refund. @param providerId of that refund */
export function refundedKeyOf(providerId: string): string {
  return `refunded-${providerId}`;
}

function isUnsent(row: EmailRow | null): boolean {
  return row?.state === 'due' || row?.state === 'sending';
}

function isDeferred(error: unknown): boolean {
  return error instanceof TransientFault && error.code === 'mail_deferred';
}
