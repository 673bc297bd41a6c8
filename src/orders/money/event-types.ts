/** The provider's events that we act on. All others are only stored. */

/** The provider said that a delayed payment failed for good. */
export const DECLINED = 'checkout.session.async_payment_failed';

/** About a checkout session. */
export const CHECKOUT_EVENTS: readonly string[] = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  DECLINED,
  'checkout.session.expired',
];

/** About a refund, a charge or a dispute of a payment. */
export const PAYMENT_EVENTS: readonly string[] = [
  'charge.refunded',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.closed',
];
