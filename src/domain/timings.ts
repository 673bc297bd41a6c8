/** Every wait in the system, in milliseconds, so that tests and chaos can divide them all at once. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export const PRODUCTION_TIMINGS = {
  /** between tries of one model or blob call: p-retry's bounds */
  tryMin: 4 * SECOND,
  tryMax: 60 * SECOND,
  /** a provider's Retry-After above this snoozes the report instead */
  retryAfterMost: 60 * SECOND,
  /** at start: one question to the provider, whether it knows key and model */
  modelCheck: 10 * SECOND,
  /** the minute of the provider's limits, and a second for what a request takes to reach it */
  limitsWindow: 61 * SECOND,
  /** a call that waits for the shared limits asks again, at the latest */
  limitsTurn: 100,
  /** Redis answers a turn at the limits within this, or is away */
  limitsAnswer: 1 * SECOND,
  /** a call that waits longer for its turn is recorded as waiting: its report's time stands still */
  limitsWait: 250,
  /** how long the model's circuit breaker stays open; doubles up to the most */
  breakerOpen: 30 * SECOND,
  breakerOpenMost: 5 * MINUTE,
  /** first snooze after provider faults; doubles up to the most */
  snooze: 1 * MINUTE,
  snoozeMost: 15 * MINUTE,
  /** after a burnt attempt; doubles */
  attemptBackoff: 60 * SECOND,
  /** a report whose version this worker lacks is given back for this long */
  versionAway: 30 * SECOND,
  /** paid to delivered, while waiting */
  deadline: 24 * HOUR,
  /** a held report that nobody released by then fails */
  heldMost: 72 * HOUR,
  sweep: 10 * SECOND,
  /** what one process at a time does is another's when it was not heard of for so long */
  lease: 30 * SECOND,
  /** a write over several documents that was cut off is ended by the sweeper after this */
  cutOff: 1 * MINUTE,
  /** the clock of running time looks this often; a gap of more than two looks is sleep, and not counted */
  awakeTick: 1 * SECOND,
  /** a worker says that it is alive: its container's health check allows a minute */
  heartbeat: 10 * SECOND,
  /** one call to SendGrid */
  mailCall: 20 * SECOND,
  /** an e-mail whose sending was cut short is tried again after this */
  emailUnknown: 5 * MINUTE,
  /**
   * BullMQ's lock, renewed at half of it, and the check for jobs whose lock ran out. A killed worker's
   * report waits for both at most: 13 s, and what a claim takes, stay below the 15 s promised.
   */
  lock: 10 * SECOND,
  stalledCheck: 3 * SECOND,
  /** a producer's command to Redis fails when it has no answer by then */
  redisAnswer: 5 * SECOND,
  /** between a worker's attempts to reach Redis again */
  redisReconnect: 1 * SECOND,
  /** at SIGTERM: how long running reports may take to let go, and any other step of closing */
  handOver: 2 * SECOND,
  /** a job whose report cannot be read or written, because the store is away, waits this long */
  storeAway: 10 * SECOND,
  /** between two notes of how many pages are drawn */
  pageProgress: 500,
  /** events stream: poll when Redis does not wake us */
  poll: 2 * SECOND,
  linkLife: 30 * 24 * HOUR,
  /** life of the blob store's own signed URL */
  signedUrl: 5 * MINUTE,
  stripeTolerance: 300 * SECOND,
  /** an upload that moves no byte for this long, or another call to the blob store without an answer */
  blobStall: 30 * SECOND,
  /** one call to Stripe */
  stripeCall: 10 * SECOND,
  /** store and Redis must answer readiness within this */
  probe: 2 * SECOND,
  eventRetry: 30 * SECOND,
  /** from a report's failure to its refund: an operator's time to retry it */
  refundAfter: 1 * HOUR,
  /** between looks at what is due: refunds, and orders to be purged again */
  moneyTurn: 20 * SECOND,
  /** a refund whose sending was cut short is looked up, and sent again, after this */
  refundUnknown: 2 * MINUTE,
  /** orders and undelivered events are compared with Stripe this often */
  reconcile: 15 * MINUTE,
  /** a customer may have links sent anew this often */
  renewGap: 5 * MINUTE,
  /** after an erasure, what was still under way is removed again; the first time and the last */
  purgeAgain: 1 * HOUR,
  purgeLast: 24 * HOUR,
} as const;

export type Timings = { readonly [Name in keyof typeof PRODUCTION_TIMINGS]: number };

/** Divides every wait. @param factor 1 in production, more in tests */
export function scaledTimings(factor: number): Timings {
  const entries = Object.entries(PRODUCTION_TIMINGS);
  return Object.fromEntries(
    entries.map(([name, ms]) => [name, Math.max(1, Math.round(ms / factor))]),
  ) as Timings;
}
