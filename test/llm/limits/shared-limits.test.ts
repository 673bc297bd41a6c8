/** The shared limits on a real Redis, with a minute of two seconds. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PRODUCTION_TIMINGS } from '../../../src/domain/timings.ts';
import type { CallLimits, Limits } from '../../../src/llm/limits/limits.ts';
import { createSharedLimits } from '../../../src/llm/limits/shared-limits.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { type RedisServer, startRedis } from '../../queue/redis-server.ts';

const MINUTE = 2_000;
const NONE: CallLimits = { requestsPerMinute: null, tokensPerMinute: null, inFlight: null };

let redis: RedisServer;
let processes: Limits[];
beforeEach(async () => {
  redis = await startRedis();
  processes = [];
});
afterEach(async () => {
  for (const limits of processes) limits.close();
  await redis.close();
});

function open(limits: Partial<CallLimits>, limitsWindow = MINUTE): Limits {
  const opened = createSharedLimits({
    redisUrl: redis.url,
    limits: { ...NONE, ...limits },
    timings: { ...PRODUCTION_TIMINGS, limitsWindow, limitsTurn: 20, redisReconnect: 50 },
    log: createLog({ level: 'silent', pretty: false, process: 'test' }),
  });
  processes.push(opened);
  return opened;
}

interface Granted {
  report: string;
  at: number;
}

/** Asks one call after another for a report until `until`. */
async function keepAsking(
  limits: Limits,
  report: string,
  until: number,
  granted: Granted[],
): Promise<void> {
  const stop = AbortSignal.timeout(Math.max(1, until - Date.now()));
  while (Date.now() < until) {
    try {
      const wish = { reportId: report, tokens: 100, leaseMs: 60_000, signal: stop };
      const admission = await limits.admit(wish);
      granted.push({ report, at: Date.now() });
      admission.end(100);
    } catch {
      return;
    }
  }
}

/** The most calls in any sliding window. */
function mostIn(granted: Granted[], windowMs: number): number {
  const times = granted.map(({ at }) => at);
  return Math.max(
    ...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length),
  );
}

it('gives back the tokens that an ended call had reserved and not used', async () => {
  const limits = open({ tokensPerMinute: 1_000_000 }, 600_000);
  const { signal } = new AbortController();
  const wish = { reportId: 'a', tokens: 900_000, leaseMs: 60_000, signal };
  const first = await limits.admit(wish);
  const second = limits.admit(wish);
  first.end(10);
  // with the reservation kept, it would wait for nine of these ten minutes
  await second;
});

it('holds calls back while the maximum is in flight over all processes', async () => {
  const [first, second] = [open({ inFlight: 2 }), open({ inFlight: 2 })];
  const { signal } = new AbortController();
  const wish = { reportId: 'a', tokens: 1, leaseMs: 60_000, signal };
  const one = await first.admit(wish);
  await second.admit(wish);
  let third = false;
  const waiting = second.admit(wish).then(() => {
    third = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(third).toBe(false);
  one.end(1);
  await waiting;
});

/**
 * Reports that ask one call after another. One call is in flight at a time, it ends as soon as
 * its report waits with the next one, and no minute is ever full.
 * @param tokens of each call, by report
 * @returns the reports in the order in which their calls were admitted
 */
async function inTurns(
  limits: Limits,
  tokens: Readonly<Record<string, number>>,
  grants: number,
  onGrant: (count: number, ask: (report: string, tokens: number) => void) => void = () => {},
): Promise<string[]> {
  const order: string[] = [];
  const stop = new AbortController();
  const done = Promise.withResolvers<void>();
  const ask = (reportId: string, of: number, again: boolean): void => {
    const wish = { reportId, tokens: of, leaseMs: 60_000, signal: stop.signal };
    limits.admit(wish).then(
      (admission) => {
        order.push(reportId);
        onGrant(order.length, (report, its) => ask(report, its, false));
        if (order.length === grants) done.resolve();
        else if (again) ask(reportId, of, true);
        admission.end(of);
      },
      () => {},
    );
  };
  for (const [report, of] of Object.entries(tokens)) ask(report, of, true);
  await done.promise;
  stop.abort();
  return order.slice(0, grants);
}
/** So large that neither the limit of a minute nor its pace is ever reached: only the order counts. */
const ENDLESS: CallLimits = { inFlight: 1, requestsPerMinute: null, tokensPerMinute: 1e9 };
/** calls that a new report may be ahead of the others */
const CREDIT = 4;

it('keeps any two waiting reports within one call of each, however large their calls', async () => {
  const tokens = { a: 1_000, b: 1_000, c: 2_000, d: 3_000, e: 12_000 };
  const had: Record<string, number> = {};
  const order = (await inTurns(open(ENDLESS), tokens, 300)).filter((report) => {
    had[report] = (had[report] ?? 0) + 1;
    return had[report] > CREDIT;
  });
  for (const [one, ofOne] of Object.entries(tokens)) {
    for (const [other, ofOther] of Object.entries(tokens)) {
      // how far one is ahead of the other after each call: the range bounds every stretch of time
      let ahead = 0;
      const course = order.map((report) => {
        ahead += (report === one ? ofOne : 0) - (report === other ? ofOther : 0);
        return ahead;
      });
      const range = Math.max(0, ...course) - Math.min(0, ...course);
      // Goyal, Vin and Cheng, Start-time Fair Queueing (1996), theorem 1, for equal weights
      expect(range, `${one} and ${other}`).toBeLessThanOrEqual(ofOne + ofOther);
    }
  }
});

it('admits four calls of a new report ahead of twenty old ones, and then one in turn', async () => {
  const old = Array.from({ length: 20 }, (_, n) => `old-${n}`);
  const begun = 200;
  const order = await inTurns(
    open(ENDLESS),
    Object.fromEntries(old.map((report) => [report, 100])),
    begun + CREDIT + 4 * 21,
    (count, ask) => {
      if (count === begun) for (let call = 0; call < 12; call += 1) ask('new', 100);
    },
  );
  // the credit puts them below every waiting tag, so no other call comes in between
  expect(order.slice(begun, begun + CREDIT)).toEqual(Array(CREDIT).fill('new'));
  const later = order.slice(begun + CREDIT);
  for (const report of ['new', ...old]) {
    // four rounds of 21: by the theorem, one call of each may come early or late
    const calls = later.filter((each) => each === report).length;
    expect(Math.abs(calls - 4), report).toBeLessThanOrEqual(1);
  }
});

it('limits each process to its share while Redis is away, and shares again when it is back', async () => {
  const two = [open({ requestsPerMinute: 100 }), open({ requestsPerMinute: 100 })];
  const granted: Granted[] = [];
  const until = Date.now() + 4 * MINUTE;
  const asking = two.map((limits, n) => keepAsking(limits, `report-${n}`, until, granted));
  await new Promise((resolve) => setTimeout(resolve, MINUTE));
  await redis.kill();
  const killedAt = Date.now();
  await new Promise((resolve) => setTimeout(resolve, 1.5 * MINUTE));
  const alone = granted.filter((each) => each.at > killedAt);
  expect(alone.length).toBeGreaterThan(75);
  await redis.start();
  await Promise.all(asking);
  expect(granted.filter((each) => each.at > killedAt + 2 * MINUTE).length).toBeGreaterThan(50);
  // at the change from the shared pace to the shares, each process may be one call ahead; and until the
  // second notices that Redis is back, the first has the whole pace. Without shares it would be 200.
  expect(mostIn(granted, (MINUTE * 60) / 61)).toBeLessThanOrEqual(100 + 10);
}, 20_000);

it('an aborted call leaves the queue and takes no room', async () => {
  const limits = open({ inFlight: 1 });
  const stop = new AbortController();
  const wish = { reportId: 'a', tokens: 1, leaseMs: 60_000, signal: new AbortController().signal };
  const one = await limits.admit(wish);
  const told = limits.admit({ ...wish, signal: stop.signal });
  const behind = limits.admit(wish);
  stop.abort(new Error('closing'));
  await expect(told).rejects.toThrow('closing');
  one.end(null);
  await behind;
});
