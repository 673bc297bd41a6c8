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

/** The card's bank believes that the payment is fraud: a dispute may follow. */
export const FRAUD_WARNING = 'radar.early_fraud_warning.created';

/** An operator is told of them, whatever they are about. */
export const TOLD_EVENTS: readonly string[] = [
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
  'charge.dispute.closed',
  FRAUD_WARNING,
];

/** About a payment: its refunds, charge, disputes and warnings. */
export const PAYMENT_EVENTS: readonly string[] = [
  'charge.refunded',
  'refund.created',
  'refund.updated',
  'refund.failed',
  ...TOLD_EVENTS,
];
