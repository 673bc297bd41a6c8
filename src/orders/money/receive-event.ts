/** Receives an event: checks its signature and stores its id. What it means is worked out later. */
import type { PaymentEvent } from '../../domain/ports/payment.ts';
import type { Needs } from '../needs.ts';

/**
 * @returns the event, or null when it is already stored
 * @throws AlmanacError `webhook_signature` when it is forged, altered or too old, `webhook_event` when
 *   it is signed, but not an event
 */
export type ReceiveEvent = (rawBody: Buffer, signature: string) => Promise<PaymentEvent | null>;

export function createReceiveEvent(deps: Needs<'store' | 'payment' | 'clock'>): ReceiveEvent {
  return async (rawBody, signature) => {
    const event = deps.payment.readEvent(rawBody, signature);
    const receivedAt = deps.clock().toISOString();
    const isNew = await deps.store.stripeEvents.insert({ ...event, receivedAt, processedAt: null });
    return isNew ? event : null;
  };
}
