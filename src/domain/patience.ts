/**
 * Patience: how often anything is tried, and every wait in the system, in milliseconds. Tests and chaos divide
 * all waits at once.
 */

/** Each includes the first try, unless it says otherwise. */
export const TRIES = {
  /** one call to the model or the blob store, and recording its answer */
  call: 3,
  /** requests for an answer that stays missing or bad, after the first */
  reasks: 2,
  /** runs that may end in a fault of ours or of the content */
  attempts: 3,
  /** runs in a row that died without a section saved in between */
  crashes: 5,
  /** unanswered calls in a row, over all reports of a process: the breaker opens */
  breaker: 8,
  /** late answers of Redis in a row: each process then keeps to its own share of the limits */
  limits: 3,
  /** one letter without an answer: it may have been sent */
  letter: 2,
  /** a listing of MongoDB that broke off */
  listing: 3,
  /** orders in a row without an answer from the payment provider: it is away */
  reconcile: 3,
  /** the job that settles a bundle */
  settleJob: 3,
  /** idempotency keys under which the checkout of one order is opened */
  checkoutKeys: 3,
} as const;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * A longer Retry-After is not believed: it counts as if none was given. Tests do not divide it, because the
 * provider who says it does not.
 */
export const RETRY_AFTER_BELIEVED = 1 * HOUR;

export const PRODUCTION_TIMINGS = {
  /** between tries of one model or blob call: p-retry's bounds */
  tryMin: 4 * SECOND,
  tryMax: 60 * SECOND,
  /** a provider's Retry-After above this snoozes the report instead */
  retryAfterMost: 60 * SECOND,
  /** at start: asking the provider whether it knows the key and the model */
  modelCheck: 10 * SECOND,
  /** the minute of the provider's limits, plus a second for a request to reach it */
  limitsWindow: 61 * SECOND,
  /** a call that waits for the shared limits asks again after this at the latest */
  limitsTurn: 100,
  /** Redis must answer a call that asks for its turn within this, or it counts as away */
  limitsAnswer: 1 * SECOND,
  /** a call that waits longer for its turn is recorded as waiting: its report's time is paused */
  limitsWait: 250,
  /** how long the model's circuit breaker stays open; doubles up to `breakerOpenMost` */
  breakerOpen: 30 * SECOND,
  breakerOpenMost: 5 * MINUTE,
  /** first snooze after provider faults; doubles up to `snoozeMost` */
  snooze: 1 * MINUTE,
  snoozeMost: 15 * MINUTE,
  /** after a burnt attempt; doubles */
  attemptBackoff: 60 * SECOND,
  /** between tries of a bundle's settling job; doubles */
  settleBackoff: 60 * SECOND,
  /** a report whose version this worker lacks is given back for this long */
  versionAway: 30 * SECOND,
  /** the grace of an order, the longest of its products' (`grace` of their definitions); short reports begin at once */
  graceShort: 0,
  graceLong: 10 * MINUTE,
  /** from payment to delivery: a report still waiting then fails */
  deadline: 24 * HOUR,
  /** a held report that nobody releases within this fails */
  heldMost: 72 * HOUR,
  sweep: 10 * SECOND,
  /** a lease that its process does not renew for this long is free for another */
  lease: 30 * SECOND,
  /** after this, the sweeper finishes a write over several documents that was cut off */
  cutOff: 1 * MINUTE,
  /** the running-time clock ticks this often; whatever exceeds two ticks is sleep and does not count */
  awakeTick: 1 * SECOND,
  /** a worker shows that it is alive this often; its container's health check allows a minute */
  heartbeat: 10 * SECOND,
  /** API and workers each leave a sign of life in the store this often */
  lifeSign: 10 * SECOND,
  /** a kind of process whose last sign is older is dead: told within two minutes, with what follows */
  lifeMost: 45 * SECOND,
  /** no sweep has ended for so long: something is wrong with it */
  sweptMost: 1 * MINUTE,
  /** between looks at what stands still */
  watch: 10 * SECOND,
  /** what stands still is told when a watch has seen it for so long: it may move as soon as all is up again */
  stillSeen: 2 * MINUTE,
  /** a queue that is paused or that nobody serves, and a Redis that is away */
  queueStill: 2 * MINUTE,
  /** events and letters that are not processed */
  letterStill: 15 * MINUTE,
  /** an open report that came no nearer to its end */
  reportStill: 1 * HOUR,
  /** refunds and purges that are due and do not get out */
  moneyStill: 2 * HOUR,
  /** between looks at what is known of models' ends, and at which of them have to be asked about */
  modelWatch: 1 * MINUTE,
  modelLook: 10 * MINUTE,
  /** the provider is asked again about a model that it has, and about one that it no longer has */
  modelAgain: 24 * HOUR,
  modelGoneAgain: 10 * MINUTE,
  /** an answer about a model that is older is told */
  modelStale: 72 * HOUR,
  /** an operator is reminded of a held report so long before it fails */
  heldReminder: 12 * HOUR,
  /** an alert that no worker has taken by then is sent by the API */
  alertUntaken: 30 * SECOND,
  /** an alert that did not arrive is shown to operators for so long */
  alertShown: 72 * HOUR,
  /** one call to ALIVE_URL */
  aliveCall: 5 * SECOND,
  /** one call to SendGrid */
  mailCall: 20 * SECOND,
  /** an e-mail whose sending was cut short is tried again after this */
  emailUnknown: 5 * MINUTE,
  /** an event may be earlier than the provider's answer to our sending: until then it is asked for again */
  mailEventEarly: 30 * SECOND,
  /**
   * BullMQ's lock, renewed at half its time, and the check for jobs whose lock expired. A killed worker's
   * report waits for both at most: 13 s plus the claim stay below the promised 15 s.
   */
  lock: 10 * SECOND,
  stalledCheck: 3 * SECOND,
  /** a request that Redis has not counted by then is not counted */
  countAnswer: 150,
  /** a producer's command to Redis fails without an answer by then */
  redisAnswer: 5 * SECOND,
  /** between a worker's attempts to reach Redis again */
  redisReconnect: 1 * SECOND,
  /** at SIGTERM: how long running reports may take to let go, and any other step of closing */
  handOver: 2 * SECOND,
  /** a job whose report cannot be read or written, because the store is away, waits this long */
  storeAway: 10 * SECOND,
  /** between two updates of the number of pages drawn */
  pageProgress: 500,
  /** events stream: poll when Redis does not wake us */
  poll: 2 * SECOND,
  linkLife: 30 * 24 * HOUR,
  /** life of a URL that the blob store signs */
  signedUrl: 5 * MINUTE,
  stripeTolerance: 300 * SECOND,
  /** how long an upload may stall, or another call to the blob store may take */
  blobStall: 30 * SECOND,
  /** one call to Stripe */
  stripeCall: 10 * SECOND,
  /** store and Redis must answer a readiness check within this */
  probe: 2 * SECOND,
  eventRetry: 30 * SECOND,
  /** from a report's failure to its refund: an operator's time to retry it */
  refundAfter: 1 * HOUR,
  /** between checks for what is due: refunds, and orders to be purged again */
  moneyTurn: 20 * SECOND,
  /** a refund whose sending was cut short is looked up after this, and sent again if need be */
  refundUnknown: 2 * MINUTE,
  /** orders and undelivered events are compared with Stripe this often */
  reconcile: 15 * MINUTE,
  /** a customer may ask for new links this often */
  renewGap: 5 * MINUTE,
  /** after an erasure, what runs still wrote is removed again: the first time and the last */
  purgeAgain: 1 * HOUR,
  purgeLast: 24 * HOUR,
  /** between looks for orders that are old enough to be erased */
  retention: 10 * MINUTE,
  /** a payment that was begun arrives within this: slow methods take up to two weeks */
  awaitedMost: 30 * 24 * HOUR,
} as const;

export type Timings = { readonly [Name in keyof typeof PRODUCTION_TIMINGS]: number };

/** Nobody waits for the end of a grace, as there is none. */
export function withoutGrace(timings: Timings): Timings {
  return { ...timings, graceShort: 0, graceLong: 0 };
}

/** Divides every wait; none stays none. @param factor 1 in production, more in tests */
export function scaledTimings(factor: number): Timings {
  const entries = Object.entries(PRODUCTION_TIMINGS);
  return Object.fromEntries(
    entries.map(([name, ms]) => [name, ms && Math.max(1, Math.round(ms / factor))]),
  ) as Timings;
}
