/** Stripe as the payment provider: hosted Checkout, with prices set here and never by the client. */
import { AlmanacError } from '../domain/errors.ts';
import type { Timings } from '../domain/patience.ts';
import type { PaymentProvider } from '../domain/ports/payment.ts';
import type { Log } from '../telemetry/log.ts';
import { pageOf } from './stripe-answers.ts';
import { openSession, stateOf } from './stripe-checkout.ts';
import { createStripeClient } from './stripe-client.ts';
import { readEvent, undeliveredEvents } from './stripe-events.ts';
import { faultOf, MISSING, reasonOf } from './stripe-faults.ts';
import { createRefund, readPayment } from './stripe-payment.ts';

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
 * Methods throw TransientFault `stripe_unavailable` when Stripe is away or over its limits, `stripe_answer` when
 * what it answers is not what was asked for,
 * NeedsOperator `stripe_key` when it refuses our key, InvalidInput when it refuses the e-mail address,
 * AlmanacError `payment_rejected` for a request that it will never accept.
 */
export function createStripePayment(options: StripeOptions): PaymentProvider {
  const { timings, log } = options;
  const stripe = createStripeClient(options.key, options.url, timings.stripeCall);
  const sandbox = options.url !== null && new URL(options.url).protocol === 'http:';

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
    orNull(
      ask('read checkout', async () => stateOf(await stripe.checkout.sessions.retrieve(sessionId))),
    );

  return {
    openCheckout: (order, lines, returnUrl) =>
      ask('open checkout', () => openSession(stripe, { order, lines, returnUrl }, sandbox)),

    readCheckout,

    async closeCheckout(sessionId) {
      try {
        return await orNull(
          ask('close checkout', async () =>
            stateOf(await stripe.checkout.sessions.expire(sessionId)),
          ),
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

    payBack: (paymentIntentId, shares, tries) =>
      ask('pay back', () => createRefund(stripe, paymentIntentId, shares, tries)),

    undelivered: (since, types) =>
      undeliveredEvents(
        (params) => ask('list events', async () => pageOf(await stripe.events.list(params))),
        since,
        types,
        () => log.warn('an event in the list of Stripe is odd: passed over'),
      ),

    readEvent: (rawBody, signature) =>
      readEvent(stripe, rawBody, signature, {
        webhookSecret: options.webhookSecret,
        toleranceMs: timings.stripeTolerance,
      }),
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
