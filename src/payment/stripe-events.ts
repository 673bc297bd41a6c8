/** Stripe's events: their signatures, and those that never reached us. */
import Stripe from 'stripe';
import { AlmanacError } from '../domain/errors.ts';
import type { PaymentEvent } from '../domain/ports/payment.ts';
import { eventSchema, itemsOf } from './stripe-answers.ts';

/** @throws ZodError when it is not an event */
function eventOf(event: unknown): PaymentEvent {
  const { id, type, data } = eventSchema.parse(event);
  return { id, type, objectId: data.object.id };
}

/** @param odd told of each that is no event. @throws Stripe's own errors; ZodError */
export async function* undeliveredEvents(
  ask: (params: Stripe.EventListParams) => Promise<unknown>,
  since: Date,
  types: readonly string[],
  odd: () => void,
): AsyncGenerator<PaymentEvent> {
  const created = { gte: Math.floor(since.getTime() / 1_000) };
  const events = itemsOf((starting_after) =>
    ask({ delivery_success: false, created, types: [...types], limit: 100, starting_after }),
  );
  for await (const item of events) {
    const { data, success } = eventSchema.safeParse(item);
    if (success) yield eventOf(data);
    else odd();
  }
}

/** @param toleranceMs of a signature's age */
export function readEvent(
  stripe: Stripe,
  rawBody: Buffer,
  signature: string,
  { webhookSecret, toleranceMs }: { webhookSecret: string; toleranceMs: number },
): PaymentEvent {
  // signatures carry whole seconds; 0 would turn off the check of their age
  const tolerance = Math.max(5, Math.round(toleranceMs / 1_000));
  try {
    return eventOf(stripe.webhooks.constructEvent(rawBody, signature, webhookSecret, tolerance));
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
