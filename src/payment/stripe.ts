/** Stripe as the payment provider: hosted Checkout, prices set here and never by the client. */
import { hash } from 'node:crypto';
import Stripe from 'stripe';
import { z } from 'zod';
import { AlmanacError } from '../domain/errors.ts';
import type { Order } from '../domain/order.ts';
import type { Timings } from '../domain/patience.ts';
import type {
  CheckoutLine,
  CheckoutState,
  PaymentEvent,
  PaymentProvider,
} from '../domain/ports/payment.ts';
import type { Log } from '../telemetry/log.ts';
import { faultOf, MISSING, reasonOf } from './stripe-faults.ts';
import { metadataOf, readPayment } from './stripe-payment.ts';

export interface StripeOptions {
  key: string;
  /** null: Stripe's own address */
  url: string | null;
  webhookSecret: string;
  timings: Pick<Timings, 'stripeCall' | 'stripeTolerance'>;
  log: Log;
}

/**
 * Every call is tried twice at most, within `timings.stripeCall` each.
 * Its methods throw TransientFault `stripe_unavailable` when Stripe is away or over its limits,
 * NeedsOperator `stripe_key` when it refuses our key, InvalidInput when it refuses the e-mail address,
 * AlmanacError `payment_rejected` for what it will never take.
 */
export function createStripePayment(options: StripeOptions): PaymentProvider {
  const { timings, log } = options;
  const stripe = new Stripe(options.key, {
    ...(options.url === null ? {} : addressOf(options.url)),
    timeout: timings.stripeCall,
    maxNetworkRetries: 1,
    telemetry: false,
  });

  async function ask<T>(call: string, request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      const fault = faultOf(error);
      log.warn({ call, code: fault.code, reason: reasonOf(error) }, 'stripe call failed');
      throw fault;
    }
  }

  const readCheckout = (sessionId: string) =>
    orNull(ask('read checkout', () => stripe.checkout.sessions.retrieve(sessionId)).then(stateOf));

  return {
    async openCheckout(order, lines, returnUrl) {
      const session = await ask('open checkout', () =>
        stripe.checkout.sessions.create(checkoutParams(order, lines, returnUrl), {
          // one session an order, however often this is tried
          idempotencyKey: order.id,
        }),
      );
      if (session.url === null) {
        throw new AlmanacError('payment_rejected', 'Stripe opened a checkout without a page');
      }
      return { sessionId: session.id, url: session.url };
    },

    readCheckout,

    async closeCheckout(sessionId) {
      try {
        return stateOf(
          await ask('close checkout', () => stripe.checkout.sessions.expire(sessionId)),
        );
      } catch (error) {
        // only an open one can be closed: what it is instead decides
        if (error instanceof AlmanacError && error.code === 'payment_rejected') {
          return readCheckout(sessionId);
        }
        throw error;
      }
    },

    readPayment: (id) => orNull(ask('read payment', () => readPayment(stripe, id))),

    async payBack(paymentIntentId, shares) {
      const metadata = metadataOf(shares);
      const amount = shares.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
      const refund = await ask('pay back', () =>
        stripe.refunds.create(
          { payment_intent: paymentIntentId, amount, metadata },
          // the amounts belong to it: with less left to pay back, it is another request
          { idempotencyKey: hash('sha256', JSON.stringify(shares)) },
        ),
      );
      return refund.id;
    },

    async *undelivered(since, types) {
      let after: string | undefined;
      for (;;) {
        const page = await ask('list events', () =>
          stripe.events.list({
            delivery_success: false,
            created: { gte: Math.floor(since.getTime() / 1_000) },
            types: [...types],
            limit: 100,
            starting_after: after,
          }),
        );
        yield* page.data.map(eventOf);
        after = page.data.at(-1)?.id;
        if (!page.has_more || after === undefined) return;
      }
    },

    readEvent(rawBody, signature) {
      return readEvent(stripe, rawBody, signature, options);
    },
  };
}

async function orNull<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof AlmanacError && error.code === MISSING) return null;
    throw error;
  }
}

const eventSchema = z.object({
  id: z.string().min(1),
  type: z.string().min(1),
  // some, such as a balance, have no id: none that is acted on
  data: z.object({ object: z.object({ id: z.string().default('') }) }),
});

/** @throws ZodError for what is no event */
function eventOf(event: unknown): PaymentEvent {
  const { id, type, data } = eventSchema.parse(event);
  return { id, type, objectId: data.object.id };
}

function addressOf(url: string): Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'> {
  const { hostname, port, protocol } = new URL(url);
  const http = protocol === 'http:';
  return { host: hostname, port: port || (http ? 80 : 443), protocol: http ? 'http' : 'https' };
}

function checkoutParams(
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

function stateOf(session: Stripe.Checkout.Session): CheckoutState {
  const intent = session.payment_intent;
  return {
    sessionId: session.id,
    orderId: session.client_reference_id,
    status: statusOf(session.status),
    // a completed session may still wait for a bank: only this says that the money is there
    paid: session.payment_status === 'paid',
    amountMinor: session.amount_total,
    currency: session.currency,
    paymentIntentId: typeof intent === 'string' ? intent : (intent?.id ?? null),
  };
}

/** What Stripe may add one day counts as open: it is asked again. */
function statusOf(status: string | null): CheckoutState['status'] {
  return status === 'complete' || status === 'expired' ? status : 'open';
}

function readEvent(
  stripe: Stripe,
  rawBody: Buffer,
  signature: string,
  options: StripeOptions,
): PaymentEvent {
  // signatures carry whole seconds; 0 would switch the check of their age off
  const tolerance = Math.max(5, Math.round(options.timings.stripeTolerance / 1_000));
  try {
    return eventOf(
      stripe.webhooks.constructEvent(rawBody, signature, options.webhookSecret, tolerance),
    );
  } catch (cause) {
    if (cause instanceof Stripe.errors.StripeSignatureVerificationError) throw unsigned(cause);
    // its signature is good: asking for it again would bring the same
    throw new AlmanacError(
      'webhook_event',
      'The signature fits, but this is no event with an id, a type and an object. Send events of Stripe only, in their usual ("snapshot") form.',
      { cause },
    );
  }
}

function unsigned(cause: unknown): AlmanacError {
  return new AlmanacError(
    'webhook_signature',
    'The Stripe-Signature header does not fit this body, or is too old. Check STRIPE_WEBHOOK_SECRET, the clock, and that nothing alters the body on its way.',
    { cause },
  );
}
