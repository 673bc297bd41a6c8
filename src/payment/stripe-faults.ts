/** Turns Stripe's errors into ours. */
import Stripe from 'stripe';
import { z } from 'zod';
import { AlmanacError, InvalidInput, NeedsOperator, TransientFault } from '../domain/errors.ts';
import { readRetryAfter } from '../domain/retry-after.ts';

export const MISSING = 'payment_missing';

/** Leaves out Stripe's messages on refusals, because they quote what was sent. */
export function faultOf(error: unknown): AlmanacError {
  if (error instanceof AlmanacError) return error;
  if (
    error instanceof Stripe.errors.StripeAuthenticationError ||
    error instanceof Stripe.errors.StripePermissionError
  ) {
    return new NeedsOperator('stripe_key', 'Stripe refuses our key: check STRIPE_SECRET_KEY');
  }
  if (error instanceof Stripe.errors.StripeError && isRefusal(error)) {
    if (error.param === 'customer_email') {
      const message = 'the payment provider does not accept this address; check its spelling';
      return new InvalidInput([{ field: 'email', message }]);
    }
    if (error.code === 'balance_insufficient') {
      const message = 'our balance at Stripe does not cover the refund';
      return new TransientFault('stripe_balance', message, { cause: error });
    }
    const what = [error.type, error.code, error.param].filter(Boolean).join(' ');
    return new AlmanacError(codeOf(error), `Stripe refuses the request: ${what}`);
  }
  if (isStrange(error)) {
    const message = 'Stripe answered with something else than what was asked for';
    return new TransientFault('stripe_answer', message, { cause: error });
  }
  return new TransientFault('stripe_unavailable', 'Stripe does not answer', {
    retryAfterMs: retryAfterOf(error),
    cause: error,
  });
}

function codeOf({ statusCode, code }: Stripe.errors.StripeError): string {
  if (statusCode === 404) return MISSING;
  return code === 'charge_disputed' ? 'payment_disputed' : 'payment_rejected';
}

/** A body that is no JSON object, which the SDK reports without a status, or an object of another shape. */
function isStrange(error: unknown): boolean {
  if (error instanceof z.ZodError) return true;
  return error instanceof Stripe.errors.StripeAPIError && error.statusCode === undefined;
}

function isRefusal(error: Stripe.errors.StripeError): boolean {
  const status = error.statusCode ?? 503;
  return status >= 400 && status < 500 && status !== 409 && status !== 429;
}

function retryAfterOf(error: unknown): number | null {
  if (!(error instanceof Stripe.errors.StripeError)) return null;
  return readRetryAfter((name) => error.headers?.[name], new Date());
}

/** Type and status only: Stripe's messages quote what was sent. */
export function reasonOf(error: unknown): string {
  if (error instanceof Stripe.errors.StripeError) {
    return `${error.type} ${error.statusCode ?? 'no answer'} ${error.requestId ?? ''}`.trim();
  }
  if (error instanceof z.ZodError) {
    return `odd: ${error.issues.map(({ path }) => path.join('.') || 'the body').join(', ')}`;
  }
  return error instanceof Error ? error.name : 'unknown';
}
