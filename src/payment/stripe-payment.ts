/** A payment in Stripe, found by any object that belongs to it: intent, charge, refund or dispute. */
import type Stripe from 'stripe';
import type {
  DisputeStatus,
  PaidBack,
  PaymentState,
  RefundShare,
} from '../domain/ports/payment.ts';

/** @throws Stripe's own errors */
export async function readPayment(stripe: Stripe, id: string): Promise<PaymentState | null> {
  const dispute = /^(dp|du)_/.test(id) ? await stripe.disputes.retrieve(id) : null;
  const intentId = dispute ? idOf(dispute.payment_intent) : await intentIdOf(stripe, id);
  if (intentId === null) return null; // a payment without an intent is not ours
  const intent = await stripe.paymentIntents.retrieve(intentId);
  const refunds: PaidBack[] = [];
  for await (const refund of stripe.refunds.list({ payment_intent: intentId, limit: 100 })) {
    refunds.push(paidBack(refund));
  }
  return {
    paymentIntentId: intentId,
    orderId: intent.metadata.orderId ?? null,
    amountMinor: intent.amount_received,
    refundedMinor: refunds
      .filter((refund) => !refund.failed)
      .reduce((sum, refund) => sum + refund.amountMinor, 0),
    refunds,
    dispute: dispute === null ? null : statusOf(dispute.status),
  };
}

async function intentIdOf(stripe: Stripe, id: string): Promise<string | null> {
  if (id.startsWith('pi_')) return id;
  if (/^(ch|py)_/.test(id)) return idOf((await stripe.charges.retrieve(id)).payment_intent);
  return idOf((await stripe.refunds.retrieve(id)).payment_intent);
}

function idOf(reference: string | { id: string } | null): string | null {
  return typeof reference === 'string' ? reference : (reference?.id ?? null);
}

function paidBack({ id, amount, status, metadata }: Stripe.Refund): PaidBack {
  return {
    id,
    amountMinor: amount,
    shares: sharesOf(metadata ?? {}),
    failed: status === 'failed' || status === 'canceled',
  };
}

/** One entry per share: Stripe's keys hold 40 characters, too few for our ids; its values hold 500. */
export function metadataOf(shares: readonly RefundShare[]): Record<string, string> {
  return Object.fromEntries(
    shares.map(({ refundId, amountMinor }, index) => [
      `share${index + 1}`,
      `${refundId}:${amountMinor}`,
    ]),
  );
}

function sharesOf(metadata: Record<string, string>): RefundShare[] {
  return Object.entries(metadata)
    .filter(([key]) => key.startsWith('share'))
    .map(([, value]) => {
      const [refundId = '', amount] = value.split(':');
      return { refundId, amountMinor: Number(amount) };
    });
}

function statusOf(status: Stripe.Dispute.Status): DisputeStatus {
  if (status === 'lost') return 'lost';
  return status === 'won' || status === 'warning_closed' ? 'won' : 'open';
}
