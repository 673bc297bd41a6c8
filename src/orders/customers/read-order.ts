/** What a customer sees of an order: its state, each report's progress, and the links. */
import type { EmailKind, EmailState } from '../../domain/email.ts';
import { graceLeft, isOpenToChange } from '../../domain/grace.ts';
import type { Link } from '../../domain/link.ts';
import type { Order } from '../../domain/order.ts';
import type { Report } from '../../domain/report.ts';
import type { OrderState, ReportState } from '../../domain/transitions.ts';
import { type BirthInstant, birthInstantOf } from '../birth-instant.ts';
import { refundDueMinor } from '../money/refund-due.ts';
import type { Needs } from '../needs.ts';

export interface ReportSnapshot {
  product: string;
  title: string;
  state: ReportState;
  progress: {
    done: number;
    total: number;
    etaSeconds: number | null;
    /** of the PDF, while it is rendered */
    pagesDrawn?: number;
  };
  /** null until delivered */
  pages: number | null;
  /** null until delivered; `shared` also until the order has settled */
  links: { download: string; shared: string | null; expiresAt: string | null } | null;
}

export interface OrderSnapshot {
  orderId: string;
  status: OrderState;
  /** grows with every change that the customer can see */
  revision: number;
  products: string[];
  amountMinor: number;
  currency: string;
  refundedMinor: number;
  /** on its way back, beside what has gone; minor units */
  refundDueMinor: number;
  createdAt: string;
  paidAt: string | null;
  /** null unless payment is awaited */
  checkoutUrl: string | null;
  /** empty until the order is paid */
  reports: ReportSnapshot[];
  emails: { kind: EmailKind; state: EmailState; sentAt: string | null }[];
  /** null once it was erased */
  birth: BirthInstant | null;
  /** whether it can still be cancelled */
  cancellable: boolean;
  /** whether its birth can still be corrected */
  correctable: boolean;
  /** when its reports begin, unless the customer starts them now; null: nothing waits for that */
  graceEndsAt: string | null;
  /** whether the personal data was removed */
  erased: boolean;
  /** whether they will be, once the bank has decided about the payment */
  erasureWaits: boolean;
}

export type ReadOrderDeps = Needs<'store' | 'catalogue' | 'tokens' | 'publicUrl' | 'clock'>;

export type ReadOrder = (order: Order) => Promise<OrderSnapshot>;

export function createReadOrder(deps: ReadOrderDeps): ReadOrder {
  const { store, catalogue, clock } = deps;

  async function snapshotOf(
    order: Order,
    report: Report,
    link: Link | undefined,
  ): Promise<ReportSnapshot> {
    const steps = await store.sections.steps(report);
    const delivered = report.state === 'delivered';
    return {
      product: report.productId,
      title: catalogue.titleOf(report),
      state: report.state,
      progress: {
        done: steps.length,
        total: report.steps,
        etaSeconds: etaSeconds(report, steps, clock()),
        ...(report.state === 'rendering' && { pagesDrawn: report.pagesDrawn ?? 0 }),
      },
      pages: delivered ? (report.pdf?.pages ?? null) : null,
      links: delivered && !order.withdrawnAt ? linksOf(report, link, deps) : null,
    };
  }

  return async (order) => {
    const reports = order.erasedAt ? [] : await store.reports.ofOrder(order.id);
    const links = await store.links.ofOrder(order.id);
    const emails = await store.emails.ofOrder(order.id);
    const refunds = await store.refunds.ofOrder(order.id);
    const sequence = order.items.map((item) => item.productId);
    reports.sort((a, b) => sequence.indexOf(a.productId) - sequence.indexOf(b.productId));
    return {
      orderId: order.id,
      status: order.state,
      revision: order.revision,
      products: order.products,
      amountMinor: order.amountMinor,
      currency: order.currency,
      refundedMinor: order.refundedMinor,
      refundDueMinor: refundDueMinor(order, refunds),
      createdAt: order.createdAt,
      paidAt: order.paidAt,
      checkoutUrl: order.state === 'awaiting_payment' ? order.checkoutUrl : null,
      reports: await Promise.all(
        reports.map((report) =>
          snapshotOf(
            order,
            report,
            links.find((link) => link.reportId === report.id),
          ),
        ),
      ),
      emails: emails
        .filter((row) => row.kind !== 'alert')
        .map(({ kind, state, sentAt }) => ({ kind, state, sentAt })),
      birth: birthInstantOf(order),
      cancellable: order.state === 'awaiting_payment' || isOpenToChange(order, reports),
      correctable: isOpenToChange(order, reports) && !order.subjectFrozenAt,
      graceEndsAt: graceEndsAt(order, reports, clock()),
      erased: Boolean(order.erasedAt),
      erasureWaits: Boolean(order.erasureAskedAt) && !order.erasedAt,
    };
  };
}

function graceEndsAt(order: Order, reports: readonly Report[], now: Date): string | null {
  if (!isOpenToChange(order, reports)) return null;
  return graceLeft(order, now)?.toISOString() ?? null;
}

function linksOf(
  report: Report,
  link: Link | undefined,
  { tokens, publicUrl }: ReadOrderDeps,
): ReportSnapshot['links'] {
  return {
    download: `${publicUrl}/v1/orders/${report.orderId}/reports/${report.productId}`,
    shared: link ? `${publicUrl}/d/${tokens.make('link', link.id, link.generation)}` : null,
    expiresAt: link?.expiresAt ?? null,
  };
}

/**
 * How long the missing steps take at the pace of this edition's own steps so far.
 * @returns seconds; null while there is no pace yet, or no run is at work on it
 */
function etaSeconds(report: Report, steps: readonly number[], now: Date): number | null {
  if (report.state === 'rendering' || report.state === 'delivering') return 0;
  if (report.state !== 'generating' || report.runStartedAt === null) return null;
  const fromStep = report.editions.at(-1)?.fromStep ?? 1;
  const own = steps.filter((step) => step >= fromStep).length;
  if (own === 0) return null;
  const ranMs = report.runningMs + now.getTime() - new Date(report.runStartedAt).getTime();
  return Math.round(((report.steps - steps.length) * ranMs) / own / 1_000);
}
