/** A payment in Stripe, found by any object that belongs to it, and what goes back of it. */
import { hash } from 'node:crypto';
import type Stripe from 'stripe';
import { z } from 'zod';
import { type Dispute, takenMinorOf } from '../domain/dispute.ts';
import { AlmanacError } from '../domain/errors.ts';
import type { PaidBack, PaymentState, RefundShare } from '../domain/ports/payment.ts';
import {
  chargeSchema,
  type DisputeAnswer,
  disputeSchema,
  intentSchema,
  itemsOf,
  type RefundAnswer,
  refundSchema,
  warningSchema,
} from './stripe-answers.ts';

/** @throws Stripe's own errors; ZodError */
export async function readPayment(stripe: Stripe, id: string): Promise<PaymentState | null> {
  const intentId = await intentIdOf(stripe, id);
  if (intentId === null) return null; // a payment without an intent is not ours
  const intent = intentSchema.parse(await stripe.paymentIntents.retrieve(intentId));
  const of = { payment_intent: intentId, limit: 100 };
  const refunds: PaidBack[] = [];
  for await (const refund of itemsOf((starting_after) =>
    stripe.refunds.list({ ...of, starting_after }),
  )) {
    refunds.push(paidBack(refundSchema.parse(refund)));
  }
  const disputes: Dispute[] = [];
  for await (const dispute of itemsOf((starting_after) =>
    stripe.disputes.list({ ...of, starting_after }),
  )) {
    disputes.push(disputeOf(disputeSchema.parse(dispute)));
  }
  const amountMinor = intent.amount_received;
  const sent = refunds.filter(({ failed }) => !failed);
  const back = sent.reduce((sum, refund) => sum + refund.amountMinor, takenMinorOf(disputes));
  const orderId = z.string().safeParse(intent.metadata.orderId).data ?? null;
  const refundedMinor = Math.min(amountMinor, back);
  return { paymentIntentId: intentId, orderId, amountMinor, refundedMinor, refunds, disputes };
}

async function intentIdOf(stripe: Stripe, id: string): Promise<string | null> {
  if (id.startsWith('pi_')) return id;
  if (/^(dp|du)_/.test(id)) {
    return disputeSchema.parse(await stripe.disputes.retrieve(id)).payment_intent;
  }
  if (id.startsWith('issfr_')) {
    const warning = await stripe.radar.earlyFraudWarnings.retrieve(id);
    const { charge, payment_intent } = warningSchema.parse(warning);
    return payment_intent ?? (charge === null ? null : intentIdOf(stripe, charge));
  }
  if (/^(ch|py)_/.test(id)) {
    return chargeSchema.parse(await stripe.charges.retrieve(id)).payment_intent;
  }
  return refundSchema.parse(await stripe.refunds.retrieve(id)).payment_intent;
}

/**
 * Stripe repeats its first answer to an idempotency key for a day, refusals too: each try has a key of its own.
 * @throws Stripe's own errors; ZodError; AlmanacError `payment_rejected`
 */
export async function createRefund(
  stripe: Stripe,
  paymentIntentId: string,
  shares: readonly RefundShare[],
  tries: number,
): Promise<string> {
  const amount = shares.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const answer = await stripe.refunds.create(
    { payment_intent: paymentIntentId, amount, metadata: metadataOf(shares) },
    { idempotencyKey: hash('sha256', JSON.stringify([shares, tries])) },
  );
  const refund = refundSchema.parse(answer);
  if (!isFailed(refund)) return refund.id;
  throw new AlmanacError('payment_rejected', `Stripe refuses the refund: it is ${refund.status}`);
}

function paidBack(refund: RefundAnswer): PaidBack {
  const { id, amount: amountMinor, metadata } = refund;
  return { id, amountMinor, shares: sharesOf(metadata), failed: isFailed(refund) };
}

function isFailed({ status }: RefundAnswer): boolean {
  return status === 'failed' || status === 'canceled';
}

/** One entry per share: Stripe's keys hold 40 characters, too few for our ids; its values hold 500. */
function metadataOf(shares: readonly RefundShare[]): Record<string, string> {
  return Object.fromEntries(
    shares.map(({ refundId, amountMinor }, index) => [
      `share${index + 1}`,
      `${refundId}:${amountMinor}`,
    ]),
  );
}

/** Only what we wrote: a refund by hand may carry anything. */
function sharesOf(metadata: Record<string, unknown>): RefundShare[] {
  return Object.entries(metadata).flatMap(([key, value]) => {
    const share = /^share\d+$/.test(key) && /^(rfd_[^:]+):(\d{1,12})$/.exec(String(value));
    return share ? [{ refundId: share[1] ?? '', amountMinor: Number(share[2]) }] : [];
  });
}

/**
 * A status that Stripe may add one day counts as an open chargeback: nothing is paid twice meanwhile. An appeal
 * is one, too. `prevented`: paid back before it became a dispute, by a refund of its own.
 */
function disputeOf({ id, amount: amountMinor, status }: DisputeAnswer): Dispute {
  const inquiry = status.startsWith('warning_') || status === 'prevented';
  const over = status === 'warning_closed' || status === 'prevented' || status === 'won';
  return {
    id,
    amountMinor,
    kind: inquiry ? 'inquiry' : 'chargeback',
    status: over ? 'won' : status === 'lost' ? 'lost' : 'open',
  };
}
