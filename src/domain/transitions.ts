/** The state machine as two tables. The store applies a transition only if the state still matches. */

export const ORDER_STATES = [
  'awaiting_payment',
  'paid',
  'payment_failed',
  'expired',
  'cancelled',
  'fulfilled',
  'partly_fulfilled',
  'failed',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export const REPORT_STATES = [
  'waiting',
  'generating',
  'rendering',
  'delivering',
  'delivered',
  'failed',
  'cancelled',
  'held',
] as const;
export type ReportState = (typeof REPORT_STATES)[number];

export const ORDER_TRANSITIONS: Readonly<Record<OrderState, readonly OrderState[]>> = {
  awaiting_payment: ['paid', 'payment_failed', 'expired', 'cancelled'],
  paid: ['fulfilled', 'partly_fulfilled', 'failed', 'cancelled'],
  failed: ['partly_fulfilled', 'fulfilled'],
  partly_fulfilled: ['partly_fulfilled', 'fulfilled'],
  payment_failed: [],
  expired: [],
  cancelled: [],
  fulfilled: [],
};

export const REPORT_TRANSITIONS: Readonly<Record<ReportState, readonly ReportState[]>> = {
  // after a crash, a claim may find the report in any state that a run can be in
  waiting: ['generating', 'failed', 'cancelled', 'held'],
  generating: ['generating', 'rendering', 'waiting', 'failed', 'cancelled', 'held'],
  rendering: ['generating', 'delivering', 'waiting', 'failed', 'cancelled', 'held'],
  delivering: ['generating', 'delivered', 'waiting', 'failed', 'cancelled', 'held'],
  held: ['waiting', 'failed', 'cancelled'],
  failed: ['waiting'],
  delivered: [],
  cancelled: [],
};

/** More will happen by itself. */
export const OPEN_STATES: readonly OrderState[] = ['awaiting_payment', 'paid'];
/** Paid: reports may be written. `failed` and `partly_fulfilled`: a report was retried. */
export const PAID: readonly OrderState[] = ['paid', 'failed', 'partly_fulfilled'];
/** Money that arrives for such an order is refunded. */
export const CLOSED_UNPAID: readonly OrderState[] = ['payment_failed', 'expired', 'cancelled'];
/** Was paid, and has ended. */
export const ENDED_PAID: readonly OrderState[] = [
  'fulfilled',
  'partly_fulfilled',
  'failed',
  'cancelled',
];
/** Settled, but open again once one of its reports is retried. */
export const REOPENABLE: readonly OrderState[] = ['failed', 'partly_fulfilled'];

/** States of a report that a run holds. */
export const RUN_STATES: readonly ReportState[] = ['generating', 'rendering', 'delivering'];
/** States from which a run may be claimed. */
export const CLAIMABLE: readonly ReportState[] = ['waiting', ...RUN_STATES];
/** States of an unsettled report that no run holds. */
const RESTING: readonly ReportState[] = ['waiting', 'held'];
/** Nothing more happens by itself. */
export const SETTLED: readonly ReportState[] = ['delivered', 'failed', 'cancelled'];

export function isSettled(state: ReportState): boolean {
  return SETTLED.includes(state);
}

/** Whether an order has ended, and with it every watch of it. */
export function isOver({ state }: { state: OrderState }): boolean {
  return !OPEN_STATES.includes(state);
}

/** Whether no run has ever claimed a report: it has cost nothing yet. */
export function isUnbegun({ state, fence }: { state: ReportState; fence: number }): boolean {
  return fence === 0 && RESTING.includes(state);
}

/** Whether a report, as just read from the store, still belongs to the run with this fence. */
export function stillHeldBy(
  report: { state: ReportState; fence: number } | null,
  fence: number,
): boolean {
  return report?.fence === fence && report.state !== 'held' && !isSettled(report.state);
}

/** @returns the states from which `to` may be reached */
export function orderStatesBefore(to: OrderState): OrderState[] {
  return ORDER_STATES.filter((from) => ORDER_TRANSITIONS[from].includes(to));
}
