/** Stripe as the payment provider: hosted Checkout, prices set here and never by the client. */
import Stripe from 'stripe';
import { AlmanacError, InvalidInput, NeedsOperator, TransientFault } from '../domain/errors.ts';
import type { Order } from '../domain/order.ts';
import type {
  CheckoutLine,
  CheckoutState,
  PaymentEvent,
  PaymentProvider,
} from '../domain/ports/payment.ts';
import type { Timings } from '../domain/timings.ts';
import type { Log } from '../telemetry/log.ts';

const MISSING = 'payment_missing';

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

    async readCheckout(sessionId) {
      try {
        const session = await ask('read checkout', () =>
          stripe.checkout.sessions.retrieve(sessionId),
        );
        return stateOf(session);
      } catch (error) {
        if (error instanceof AlmanacError && error.code === MISSING) return null;
        throw error;
      }
    },

    readEvent(rawBody, signature) {
      return readEvent(stripe, rawBody, signature, options);
    },
  };
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
    const event = stripe.webhooks.constructEvent(
      rawBody,
      signature,
      options.webhookSecret,
      tolerance,
    );
    const { object } = event.data;
    return {
      id: event.id,
      type: event.type,
      objectId: 'id' in object && typeof object.id === 'string' ? object.id : '',
    };
  } catch (cause) {
    throw new AlmanacError(
      'webhook_signature',
      'The Stripe-Signature header does not fit this body, or is too old. Check STRIPE_WEBHOOK_SECRET, the clock, and that nothing alters the body on its way.',
      { cause },
    );
  }
}

/** Refusals are passed on without Stripe's words, which quote what was sent. */
function faultOf(error: unknown): AlmanacError {
  if (
    error instanceof Stripe.errors.StripeAuthenticationError ||
    error instanceof Stripe.errors.StripePermissionError
  ) {
    return new NeedsOperator('stripe_key', 'Stripe refuses our key: check STRIPE_SECRET_KEY');
  }
  if (error instanceof Stripe.errors.StripeError && isRefusal(error)) {
    if (error.param === 'customer_email') {
      const message = 'the payment provider takes no such address; check its spelling';
      return new InvalidInput([{ field: 'email', message }]);
    }
    const what = [error.type, error.code, error.param].filter(Boolean).join(' ');
    const code = error.statusCode === 404 ? MISSING : 'payment_rejected';
    return new AlmanacError(code, `Stripe refuses the request: ${what}`);
  }
  return new TransientFault('stripe_unavailable', 'Stripe does not answer', {
    retryAfterMs: retryAfterOf(error),
    cause: error,
  });
}

function isRefusal(error: Stripe.errors.StripeError): boolean {
  const status = error.statusCode ?? 503;
  return status >= 400 && status < 500 && status !== 409 && status !== 429;
}

function retryAfterOf(error: unknown): number | undefined {
  if (!(error instanceof Stripe.errors.StripeError)) return undefined;
  const seconds = Number(error.headers?.['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : undefined;
}

/** Type and status only: Stripe's messages quote what was sent. */
function reasonOf(error: unknown): string {
  if (error instanceof Stripe.errors.StripeError) {
    return `${error.type} ${error.statusCode ?? 'no answer'} ${error.requestId ?? ''}`.trim();
  }
  return error instanceof Error ? error.name : 'unknown';
}
