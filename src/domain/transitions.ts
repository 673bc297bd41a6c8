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
  // a claim after a crash comes from any of the states that a run can be in
  waiting: ['generating', 'failed', 'cancelled', 'held'],
  generating: ['generating', 'rendering', 'waiting', 'failed', 'cancelled', 'held'],
  rendering: ['generating', 'delivering', 'waiting', 'failed', 'cancelled', 'held'],
  delivering: ['generating', 'delivered', 'waiting', 'failed', 'cancelled', 'held'],
  held: ['waiting', 'failed', 'cancelled'],
  failed: ['waiting'],
  delivered: [],
  cancelled: [],
};

/** States from which a run may be claimed. */
export const CLAIMABLE: readonly ReportState[] = [
  'waiting',
  'generating',
  'rendering',
  'delivering',
];

/** Nothing more happens by itself. */
export const SETTLED: readonly ReportState[] = ['delivered', 'failed', 'cancelled'];

export function isSettled(state: ReportState): boolean {
  return SETTLED.includes(state);
}

/** @returns the states from which `to` may be reached */
export function orderStatesBefore(to: OrderState): OrderState[] {
  return ORDER_STATES.filter((from) => ORDER_TRANSITIONS[from].includes(to));
}

/** @returns the states from which `to` may be reached */
export function reportStatesBefore(to: ReportState): ReportState[] {
  return REPORT_STATES.filter((from) => REPORT_TRANSITIONS[from].includes(to));
}
