/** Payments: sessions are paid or expire, payments are refunded. Each change has its events. */

import { integer } from './create-session.ts';
import { type Fields, metadataOf, textOf } from './form.ts';
import {
  type Charge,
  type Dispute,
  type FraudWarning,
  findOr404,
  type Ledger,
  newId,
  nowSeconds,
  type PaymentIntent,
  type Refund,
  type Session,
  type StripeEvent,
  stripeFault,
} from './objects.ts';
import type { Webhooks } from './webhooks.ts';

export interface PayOptions {
  /** a payment method that settles later: the session is complete, but not paid yet */
  async?: boolean;
  /** charge a different amount than the session's, to test that it is noticed; minor units */
  amount?: number;
  currency?: string;
}

export interface Payments {
  /** @throws 400 when the session is not open. @returns `checkout.session.completed` */
  pay(session: Session, options?: PayOptions): StripeEvent;
  /** Ends an `async` payment. */
  settle(session: Session, succeeded: boolean): StripeEvent;
  expire(session: Session): StripeEvent;
  /** Expires the session if its time is over. */
  touch(session: Session): StripeEvent | null;
  refund(fields: Fields, idempotencyKey: string | null): { refund: Refund; events: StripeEvent[] };
  /** The customer's bank refuses the refund, or it is called off. */
  failRefund(refund: Refund, status?: 'failed' | 'canceled'): StripeEvent;
  /** The customer's bank claims the money of a payment, or only asks about it. @param options.amount minor units; all of it */
  dispute(session: Session, options?: { amount?: number; inquiry?: boolean }): StripeEvent;
  /** An inquiry becomes a chargeback. */
  escalateDispute(dispute: Dispute): StripeEvent[];
  closeDispute(dispute: Dispute, won: boolean): StripeEvent;
  /** The card's bank believes that the payment is fraud. */
  warn(session: Session): StripeEvent;
}

export function createPayments(ledger: Ledger, webhooks: Webhooks): Payments {
  const requireOpen = (session: Session): void => {
    if (session.status === 'open') return;
    throw stripeFault(
      400,
      `Only Checkout Sessions with a status in ["open"] can be changed. This one is ${session.status}.`,
    );
  };
  const expire = (session: Session): StripeEvent => {
    requireOpen(session);
    Object.assign(session, { status: 'expired', url: null });
    return webhooks.record('checkout.session.expired', session);
  };

  return {
    expire,
    touch: (session) =>
      session.status === 'open' && session.expires_at <= nowSeconds() ? expire(session) : null,

    pay(session, options = {}) {
      requireOpen(session);
      const amount = options.amount ?? session.amount_total;
      const currency = options.currency ?? session.currency;
      const paid = options.async !== true;
      const intent: PaymentIntent = {
        id: newId('pi'),
        object: 'payment_intent',
        livemode: false,
        amount,
        amount_received: paid ? amount : 0,
        currency,
        status: paid ? 'succeeded' : 'processing',
        latest_charge: null,
        metadata: ledger.paymentMetadata.get(session.id) ?? {},
        created: nowSeconds(),
      };
      ledger.intents.set(intent.id, intent);
      if (paid) charge(ledger, intent);
      Object.assign(session, {
        status: 'complete',
        payment_status: paid ? 'paid' : 'unpaid',
        payment_intent: intent.id,
        amount_total: amount,
        currency,
        url: null,
      });
      return webhooks.record('checkout.session.completed', session);
    },

    settle(session, succeeded) {
      const intent = findOr404(ledger.intents, session.payment_intent ?? '', 'payment_intent');
      if (intent.status !== 'processing') throw stripeFault(400, 'This payment is not pending.');
      intent.status = succeeded ? 'succeeded' : 'requires_payment_method';
      if (succeeded) {
        intent.amount_received = intent.amount;
        session.payment_status = 'paid';
        charge(ledger, intent);
      }
      const outcome = succeeded ? 'succeeded' : 'failed';
      return webhooks.record(`checkout.session.async_payment_${outcome}`, session);
    },

    refund(fields, idempotencyKey) {
      const intentId = textOf(fields, 'payment_intent');
      if (intentId === null) {
        throw stripeFault(400, 'Missing required param: payment_intent.', {
          code: 'parameter_missing',
          param: 'payment_intent',
        });
      }
      const intent = findOr404(ledger.intents, intentId, 'payment_intent');
      const charged = ledger.charges.get(intent.latest_charge ?? '');
      if (charged === undefined) {
        throw stripeFault(400, 'This PaymentIntent does not have a successful charge to refund.');
      }
      refuseDisputed(charged);
      const left = charged.amount - charged.amount_refunded - lostOf(charged);
      if (left <= 0) {
        throw stripeFault(400, `Charge ${charged.id} has already been refunded.`, {
          code: 'charge_already_refunded',
        });
      }
      const amount = textOf(fields, 'amount') === null ? left : integer(fields, 'amount', 1);
      if (amount > left) {
        throw stripeFault(
          400,
          `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
          {
            param: 'amount',
          },
        );
      }
      charged.amount_refunded += amount;
      charged.refunded = charged.amount_refunded === charged.amount;
      const refund: Refund = {
        id: newId('re'),
        object: 'refund',
        amount,
        currency: charged.currency,
        status: 'succeeded',
        reason: textOf(fields, 'reason'),
        payment_intent: intent.id,
        charge: charged.id,
        metadata: metadataOf(fields),
        created: nowSeconds(),
      };
      ledger.refunds.set(refund.id, refund);
      const events = [
        webhooks.record('refund.created', refund, idempotencyKey),
        webhooks.record('charge.refunded', charged, idempotencyKey),
      ];
      return { refund, events };
    },

    failRefund(refund, status = 'failed') {
      const charged = findOr404(ledger.charges, refund.charge, 'charge');
      refund.status = status;
      charged.amount_refunded -= refund.amount;
      charged.refunded = false;
      return webhooks.record(status === 'failed' ? 'refund.failed' : 'refund.updated', refund);
    },

    dispute(session, { amount, inquiry = false } = {}) {
      const charged = chargeOf(session);
      const dispute: Dispute = {
        id: newId('dp'),
        object: 'dispute',
        amount: amount ?? charged.amount,
        currency: charged.currency,
        charge: charged.id,
        payment_intent: charged.payment_intent,
        reason: 'fraudulent',
        status: inquiry ? 'warning_needs_response' : 'needs_response',
        metadata: {},
        created: nowSeconds(),
      };
      ledger.disputes.set(dispute.id, dispute);
      return webhooks.record('charge.dispute.created', dispute);
    },

    escalateDispute(dispute) {
      dispute.status = 'needs_response';
      return ['charge.dispute.updated', 'charge.dispute.funds_withdrawn'].map((type) =>
        webhooks.record(type, dispute),
      );
    },

    closeDispute(dispute, won) {
      const inquiry = dispute.status.startsWith('warning_');
      dispute.status = inquiry ? 'warning_closed' : won ? 'won' : 'lost';
      return webhooks.record('charge.dispute.closed', dispute);
    },

    warn(session) {
      const charged = chargeOf(session);
      const warning: FraudWarning = {
        id: newId('issfr'),
        object: 'radar.early_fraud_warning',
        actionable: true,
        charge: charged.id,
        payment_intent: charged.payment_intent,
        fraud_type: 'unauthorized_use_of_card',
        created: nowSeconds(),
      };
      ledger.warnings.set(warning.id, warning);
      return webhooks.record('radar.early_fraud_warning.created', warning);
    },
  };

  /** An inquiry may be paid back, a chargeback not. What it took cannot go back twice. */
  function refuseDisputed(charged: Charge): void {
    const disputed = [...ledger.disputes.values()].some(
      ({ charge, status }) => charge === charged.id && status === 'needs_response',
    );
    if (!disputed) return;
    throw stripeFault(400, `Charge ${charged.id} has been charged back; cannot issue a refund.`, {
      code: 'charge_disputed',
    });
  }

  function lostOf(charged: Charge): number {
    return [...ledger.disputes.values()]
      .filter(({ charge, status }) => charge === charged.id && status === 'lost')
      .reduce((sum, { amount }) => sum + amount, 0);
  }

  function chargeOf(session: Session): Charge {
    const intent = findOr404(ledger.intents, session.payment_intent ?? '', 'payment_intent');
    return findOr404(ledger.charges, intent.latest_charge ?? '', 'charge');
  }
}

function charge(ledger: Ledger, intent: PaymentIntent): void {
  const charged: Charge = {
    id: newId('ch'),
    object: 'charge',
    livemode: false,
    amount: intent.amount,
    amount_refunded: 0,
    currency: intent.currency,
    paid: true,
    refunded: false,
    payment_intent: intent.id,
    metadata: intent.metadata,
    created: nowSeconds(),
  };
  ledger.charges.set(charged.id, charged);
  intent.latest_charge = charged.id;
}
