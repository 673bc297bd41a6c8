/** Stripe as the payment provider: hosted Checkout, with prices set here and never by the client. */
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
 * Every call is tried at most twice, within `timings.stripeCall` each.
 * Methods throw TransientFault `stripe_unavailable` when Stripe is away or over its limits,
 * NeedsOperator `stripe_key` when it refuses our key, InvalidInput when it refuses the e-mail address,
 * AlmanacError `payment_rejected` for a request that it will never accept.
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
          // one session per order, however often this is tried
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
        // only an open session can be closed: read what it is instead
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
          // shares are part of the key: when less is left to pay back, it is a new request
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
  // some objects, such as a balance, have no id, but we act on none of those
  data: z.object({ object: z.object({ id: z.string().default('') }) }),
});

/** @throws ZodError when it is not an event */
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
    // a completed session may still wait for a bank: only this field says that the money is there
    paid: session.payment_status === 'paid',
    amountMinor: session.amount_total,
    currency: session.currency,
    paymentIntentId: typeof intent === 'string' ? intent : (intent?.id ?? null),
  };
}

/** A status that Stripe may add one day counts as open, so we ask again. */
function statusOf(status: string | null): CheckoutState['status'] {
  return status === 'complete' || status === 'expired' ? status : 'open';
}

function readEvent(
  stripe: Stripe,
  rawBody: Buffer,
  signature: string,
  options: StripeOptions,
): PaymentEvent {
  // signatures carry whole seconds; 0 would turn off the check of their age
  const tolerance = Math.max(5, Math.round(options.timings.stripeTolerance / 1_000));
  try {
    return eventOf(
      stripe.webhooks.constructEvent(rawBody, signature, options.webhookSecret, tolerance),
    );
  } catch (cause) {
    if (cause instanceof Stripe.errors.StripeSignatureVerificationError) throw unsigned(cause);
    // its signature is good, so sending it again would not help
    throw new AlmanacError(
      'webhook_event',
      'The signature is valid, but this is not an event with an id, a type and an object. Send only Stripe events, in the usual ("snapshot") form.',
      { cause },
    );
  }
}

function unsigned(cause: unknown): AlmanacError {
  return new AlmanacError(
    'webhook_signature',
    'The Stripe-Signature header does not match this body, or is too old. Check STRIPE_WEBHOOK_SECRET, the clock, and that nothing changes the body in transit.',
    { cause },
  );
}
