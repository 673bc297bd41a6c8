import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Dispute, takenMinorOf } from '../../../src/domain/dispute.ts';
import { newId } from '../../../src/domain/ids.ts';
import { scaledTimings } from '../../../src/domain/patience.ts';
import type {
  CheckoutState,
  PaymentProvider,
  PaymentState,
} from '../../../src/domain/ports/payment.ts';
import type { Report } from '../../../src/domain/report.ts';
import { createTokens } from '../../../src/domain/token.ts';
import {
  ORDER_STATES,
  type OrderState,
  type ReportState,
} from '../../../src/domain/transitions.ts';
import { createOrders } from '../../../src/orders/create-orders.ts';
import { REFUSALS, type Refusal } from '../../e2e/payment-refusals.ts';
import { noQueue, noSignals } from '../../workers/nobody.ts';
import {
  catalogueOf,
  openSample,
  sampleDefinition,
  sampleOrder,
  sampleReport,
} from '../../workers/sample.ts';

let sample: Awaited<ReturnType<typeof openSample>>;
beforeAll(async () => {
  sample = await openSample();
});
afterAll(() => sample.close());

const AMOUNT = 1900;
type Truth = Partial<CheckoutState> & Partial<Pick<PaymentState, 'disputes' | 'refunds'>>;

/** A payment that had arrived, whether or not its own event has. */
const byHand = (amountMinor: number, failed = false) => ({
  paid: true,
  refunds: [{ id: 're_1', amountMinor, shares: [], failed }],
});

const dispute = (kind: Dispute['kind'], status: Dispute['status'], amountMinor = AMOUNT) => ({
  paid: true,
  disputes: [{ id: 'dp_1', kind, status, amountMinor }],
});

/** Stripe's event, and Stripe's answer when it is asked. */
const EVENTS: [type: string, says: string, truth: Truth][] = [
  ['checkout.session.completed', 'paid', { paid: true }],
  ['checkout.session.completed', 'payment still pending', { paid: false }],
  ['checkout.session.async_payment_succeeded', 'paid', { paid: true }],
  ['checkout.session.async_payment_failed', 'not paid', { paid: false }],
  ['checkout.session.async_payment_failed', 'open again', { paid: false, status: 'open' }],
  ['checkout.session.expired', 'expired', { paid: false, status: 'expired' }],
  ['charge.refunded', 'full refund, by hand', byHand(AMOUNT)],
  ['refund.created', 'partial refund, by hand', byHand(500)],
  ['refund.updated', 'partial refund, by hand', byHand(500)],
  ['refund.failed', 'the bank refused it', byHand(500, true)],
  ['charge.dispute.created', 'an inquiry', dispute('inquiry', 'open')],
  ['charge.dispute.created', 'a chargeback', dispute('chargeback', 'open')],
  ['charge.dispute.updated', 'an inquiry became one', dispute('chargeback', 'open')],
  ['charge.dispute.funds_withdrawn', 'open', dispute('chargeback', 'open')],
  ['charge.dispute.closed', 'inquiry over', dispute('inquiry', 'won')],
  ['charge.dispute.closed', 'won', dispute('chargeback', 'won')],
  ['charge.dispute.funds_reinstated', 'won', dispute('chargeback', 'won')],
  ['charge.dispute.closed', 'lost', dispute('chargeback', 'lost')],
  ['charge.dispute.closed', 'lost in part', dispute('chargeback', 'lost', 500)],
  ['radar.early_fraud_warning.created', 'a warning', { paid: true }],
];

const REPORT_OF: Partial<Record<OrderState, ReportState>> = {
  paid: 'waiting',
  fulfilled: 'delivered',
  partly_fulfilled: 'delivered',
  failed: 'failed',
};

test('docs/payment-events.md says what each Stripe event does to an order of each state', async () => {
  const rows: string[] = [];
  for (const [type, says, truth] of EVENTS) {
    const cells: string[] = [];
    for (const state of ORDER_STATES) cells.push(await effectOf(type, truth, state));
    rows.push(`| \`${type}\`: ${says} | ${cells.join(' | ')} |`);
  }
  const table = [
    `| event: what Stripe says when asked | ${ORDER_STATES.map((state) => `\`${state}\``).join(' | ')} |`,
    `|---|${ORDER_STATES.map(() => '---|').join('')}`,
    ...rows,
  ];
  const text = [INTRODUCTION, ...table, REFUSED, ...REFUSALS.map(refusalRow), ''].join('\n');
  await expect(text).toMatchFileSnapshot('../../../docs/payment-events.md');
});

async function effectOf(type: string, truth: Truth, state: OrderState): Promise<string> {
  const { store } = sample;
  const order = { ...sampleOrder(newId('ord')), state, checkoutSessionId: newId('cs') };
  const wasPaid = state in REPORT_OF;
  await store.orders.insert({
    ...order,
    paidAt: wasPaid ? order.paidAt : null,
    paymentIntentId: wasPaid ? `pi_${order.id}` : null,
  });
  const reportState = REPORT_OF[state];
  if (reportState) await store.reports.upsert([sampleReport(order.id, { state: reportState })]);

  const orders = ordersOn(paymentSaying(order.id, order.checkoutSessionId, truth));
  const event = { id: newId('evt'), type, objectId: order.checkoutSessionId };
  await orders.processEvent(event);
  const once = await describe(order.id, state, reportState);
  await orders.processEvent(event);
  expect(await describe(order.id, state, reportState)).toBe(once);
  return once;
}

async function describe(
  orderId: string,
  before: OrderState,
  reportBefore: Report['state'] | undefined,
): Promise<string> {
  const { store } = sample;
  const order = await store.orders.find(orderId);
  const [report] = await store.reports.ofOrder(orderId);
  const refunds = await store.refunds.ofOrder(orderId);
  const emails = await store.emails.ofOrder(orderId);
  const effects = [
    order?.state !== before && `→ \`${order?.state}\``,
    report && !reportBefore && 'reports made',
    report?.state === 'cancelled' && 'report stopped',
    report?.state === 'held' && 'report held',
    refunds.length > 0 && 'full refund',
    order?.refundedMinor !== 0 && `${order?.refundedMinor} recorded as refunded`,
    emails.some(({ kind }) => kind === 'alert') && 'alert',
  ].filter(Boolean);
  return effects.join(', ') || '–';
}

function paymentSaying(orderId: string, sessionId: string, truth: Truth): PaymentProvider {
  const refunds = (truth.refunds ?? []).map((refund) => ({ ...refund, id: `re_${orderId}` }));
  const disputes = (truth.disputes ?? []).map((each) => ({ ...each, id: `dp_${orderId}` }));
  const back = refunds.filter(({ failed }) => !failed);
  const refuse = () => Promise.reject(new Error('not asked for here'));
  return {
    openCheckout: refuse,
    closeCheckout: refuse,
    payBack: refuse,
    readCheckout: async () => ({
      sessionId,
      orderId,
      status: 'complete',
      paid: false,
      amountMinor: AMOUNT,
      currency: 'usd',
      paymentIntentId: `pi_${orderId}`,
      ...truth,
    }),
    readPayment: async () => ({
      paymentIntentId: `pi_${orderId}`,
      orderId,
      amountMinor: AMOUNT,
      refundedMinor: back.reduce(
        (sum, { amountMinor }) => sum + amountMinor,
        takenMinorOf(disputes),
      ),
      refunds,
      disputes,
    }),
    undelivered: async function* () {},
    readEvent: () => {
      throw new Error('not asked for here');
    },
  };
}

function ordersOn(payment: PaymentProvider) {
  return createOrders({
    store: sample.store,
    payment,
    queue: noQueue,
    signals: noSignals,
    blob: {
      upload: () => Promise.reject(new Error('nothing is uploaded')),
      signedUrl: async () => '',
      removeFolder: async () => 0,
    },
    catalogue: catalogueOf(sampleDefinition()),
    places: { search: () => ({ places: [], ignored: null }), find: () => null },
    resolveBirth: (birth) => ({ ...birth, utc: '', offsetSeconds: 0 }),
    unprintable: () => [],
    tokens: createTokens('a secret of at least 32 characters'),
    timings: scaledTimings(1),
    log: pino({ level: 'silent' }),
    publicUrl: 'https://almanac.example',
    clock: () => new Date(),
  });
}

function refusalRow({ where, attempt, status, code, alert }: Refusal): string {
  const answer = code === null ? `${status}` : `${status} \`${code}\``;
  return `| ${where} | ${attempt} | ${answer} | ${alert ? 'is alerted' : '–'} |`;
}

const REFUSED = `
## What is refused

\`test/e2e/payment.test.ts\` tries each row on a running API with Stripe's stand-in: the order stays as it was and no report is
made. \`webhook\` is \`POST /v1/webhooks/stripe\`, \`confirm\` is \`POST /v1/orders/:id/confirm\`. An event with a valid signature is
accepted (202) whatever it says, because Stripe would only send it again. If money has arrived that belongs to no order, an
operator is alerted, who looks at it and refunds it by hand.

| at | attempt | answer | an operator |
|---|---|---|---|`;

const INTRODUCTION = `# What Stripe's events do

Written by \`test/orders/money/payment-events.test.ts\` from what the code does; do not edit it by hand (\`npx vitest run
test/orders/money/payment-events.test.ts -u\` rewrites it). Each event was processed twice: the second time changes nothing.

An event only says that something changed. Before anything is done, the session, payment, refunds or dispute are read again
from Stripe, and session, amount and currency must match the order. If money arrives for an order that is no longer open,
all of it is refunded and an operator is alerted. If a refund or a dispute arrives before
the payment itself, the payment is recorded first. A refund by hand stops a report only if no run has begun it; of a
payment that went back before we knew of it, nothing is written. A chargeback holds what is not delivered: won, it continues
with the time it had left; lost, it is cancelled, nothing more is owed, and downloads end; lost in part, an operator
decides. An inquiry and a warning of fraud are only told. All amounts here belong to an order of 1900 minor units.
`;
