/** Turns Stripe's errors into ours. */
import Stripe from 'stripe';
import { AlmanacError, InvalidInput, NeedsOperator, TransientFault } from '../domain/errors.ts';
import { readRetryAfter } from '../domain/retry-after.ts';

export const MISSING = 'payment_missing';

/** Leaves out Stripe's messages on refusals, because they quote what was sent. */
export function faultOf(error: unknown): AlmanacError {
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

function retryAfterOf(error: unknown): number | null {
  if (!(error instanceof Stripe.errors.StripeError)) return null;
  return readRetryAfter((name) => error.headers?.[name], new Date());
}

/** Type and status only: Stripe's messages quote what was sent. */
export function reasonOf(error: unknown): string {
  if (error instanceof Stripe.errors.StripeError) {
    return `${error.type} ${error.statusCode ?? 'no answer'} ${error.requestId ?? ''}`.trim();
  }
  return error instanceof Error ? error.name : 'unknown';
}
