/** Checkout sessions: opened once per order, read, closed. */
import Stripe from 'stripe';
import { z } from 'zod';
import type { Order } from '../domain/order.ts';
import { TRIES } from '../domain/patience.ts';
import type { Checkout, CheckoutLine, CheckoutState } from '../domain/ports/payment.ts';
import { isPayPage, itemsOf, type SessionAnswer, sessionSchema } from './stripe-answers.ts';

/** Stripe's: no session can be paid for longer. */
const SESSION_LIFE_S = 24 * 60 * 60;

/**
 * Stripe repeats its first answer to an idempotency key for a day, faults too. So after such an answer the order's
 * session is looked for; only where there is none, one is opened with the next key.
 * @param sandbox whether Stripe's stand-in answers
 * @throws Stripe's own errors; ZodError
 */
export async function openSession(
  stripe: Stripe,
  { order, lines, returnUrl }: { order: Order; lines: CheckoutLine[]; returnUrl: string },
  sandbox: boolean,
): Promise<Checkout> {
  const params = paramsOf(order, lines, returnUrl);
  const checkoutSchema = sessionSchema.extend({
    url: z.custom<string>((address) => isPayPage(address, sandbox), 'is not an https address'),
  });
  for (let key = 0; ; key += 1) {
    const idempotencyKey = key === 0 ? order.id : `${order.id}-${key}`;
    try {
      const { id, url } = checkoutSchema.parse(
        await stripe.checkout.sessions.create(params, { idempotencyKey }),
      );
      return { sessionId: id, url };
    } catch (error) {
      if (!mayBeRepeated(error)) throw error;
      const found = await keepOne(stripe, order, checkoutSchema);
      if (found !== null) return found;
      if (key + 1 >= TRIES.checkoutKeys) throw error;
    }
  }
}

/** Whether the same key may bring the same answer again, whatever became of its cause. */
function mayBeRepeated(error: unknown): boolean {
  if (error instanceof z.ZodError) return true;
  if (!(error instanceof Stripe.errors.StripeError)) return false;
  if (error instanceof Stripe.errors.StripeConnectionError) return false;
  // of another request, such as one before prices changed
  if (error instanceof Stripe.errors.StripeIdempotencyError) return error.statusCode !== 409;
  // 502 and above come from before the request was taken up, and are kept by nobody
  return (error.statusCode ?? 500) === 500 || error.headers?.['idempotent-replayed'] === 'true';
}

/** Of the order's open sessions the newest that asks for the right amount is kept; the others are closed. */
async function keepOne(
  stripe: Stripe,
  order: Order,
  schema: z.ZodType<SessionAnswer & { url: string }>,
): Promise<Checkout | null> {
  const created = { gte: Math.floor(Date.now() / 1_000) - SESSION_LIFE_S };
  let kept: Checkout | null = null;
  const sessions = itemsOf((starting_after) =>
    stripe.checkout.sessions.list({ status: 'open', created, limit: 100, starting_after }),
  );
  for await (const item of sessions) {
    // an odd one of another order is not ours to judge
    const { data: session } = sessionSchema.safeParse(item);
    if (session?.client_reference_id !== order.id) continue;
    const { success, data } = schema.safeParse(item);
    const fits = session.amount_total === order.amountMinor && session.currency === order.currency;
    if (success && fits && kept === null) kept = { sessionId: data.id, url: data.url };
    else await stripe.checkout.sessions.expire(session.id);
  }
  return kept;
}

function paramsOf(
  order: Order,
  lines: CheckoutLine[],
  returnUrl: string,
): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'payment',
    client_reference_id: order.id,
    metadata: { orderId: order.id },
    payment_intent_data: { metadata: { orderId: order.id } },
    customer_email: order.email,
    line_items: lines.map((line) => ({
      quantity: 1,
      price_data: {
        currency: order.currency,
        unit_amount: line.amountMinor,
        product_data: { name: line.title },
      },
    })),
    success_url: returnUrl,
    cancel_url: returnUrl,
  };
}

/** @throws ZodError when it is no session */
export function stateOf(answer: unknown): CheckoutState {
  const session = sessionSchema.parse(answer);
  return {
    sessionId: session.id,
    orderId: session.client_reference_id ?? null,
    status: statusOf(session.status),
    // a completed session may still wait for a bank: only this field says that the money is there
    paid: session.payment_status === 'paid',
    amountMinor: session.amount_total ?? null,
    currency: session.currency ?? null,
    paymentIntentId: session.payment_intent,
  };
}

/** A status that Stripe may add one day counts as open, so we ask again. */
function statusOf(status: string | null | undefined): CheckoutState['status'] {
  return status === 'complete' || status === 'expired' ? status : 'open';
}
