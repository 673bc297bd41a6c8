/** The shared limits on a real Redis, with a minute of two seconds. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PRODUCTION_TIMINGS } from '../../src/domain/timings.ts';
import type { CallLimits, Limits } from '../../src/llm/limits.ts';
import { createSharedLimits } from '../../src/llm/shared-limits.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { type RedisServer, startRedis } from '../queue/redis-server.ts';

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

function open(limits: Partial<CallLimits>): Limits {
  const opened = createSharedLimits({
    redisUrl: redis.url,
    limits: { ...NONE, ...limits },
    timings: { ...PRODUCTION_TIMINGS, limitsWindow: MINUTE, limitsTurn: 20, redisReconnect: 50 },
    log: createLog({ level: 'silent', pretty: false, process: 'test' }),
  });
  processes.push(opened);
  return opened;
}

interface Granted {
  report: string;
  at: number;
  tokens: number;
}

/** Asks one call after another for a report until `until`, each taking `ms`. */
async function keepAsking(
  limits: Limits,
  report: string,
  until: number,
  granted: Granted[],
  { tokens = 100, actual = 100, ms = 0 } = {},
): Promise<void> {
  const stop = AbortSignal.timeout(Math.max(1, until - Date.now()));
  while (Date.now() < until) {
    try {
      const wish = { reportId: report, tokens, leaseMs: 60_000, signal: stop };
      const admission = await limits.admit(wish);
      granted.push({ report, at: Date.now(), tokens: actual });
      if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
      admission.end(actual);
    } catch {
      return;
    }
  }
}

/** The most of `value` in any sliding window. */
function mostIn(granted: Granted[], windowMs: number, value: (each: Granted) => number): number {
  const sorted = granted.toSorted((a, b) => a.at - b.at);
  let from = 0;
  let sum = 0;
  let most = 0;
  for (const each of sorted) {
    sum += value(each);
    for (let old = sorted[from]; old && old.at <= each.at - windowMs; old = sorted[from]) {
      sum -= value(old);
      from += 1;
    }
    most = Math.max(most, sum);
  }
  return most;
}

it('lets no more requests through than the limit in any sliding window, and nearly as many', async () => {
  const three = [1, 2, 3].map(() => open({ requestsPerMinute: 200 }));
  const granted: Granted[] = [];
  const begun = Date.now();
  const until = begun + 3 * MINUTE;
  await Promise.all(
    three.flatMap((limits, p) =>
      [1, 2, 3, 4].map((n) => keepAsking(limits, `report-${p}-${n}`, until, granted)),
    ),
  );
  // the window is a sixtieth longer than the minute
  expect(mostIn(granted, (MINUTE * 60) / 61, () => 1)).toBeLessThanOrEqual(200);
  expect(granted.length).toBeGreaterThan(3 * 200 * 0.9);
}, 20_000);

it('counts tokens as reserved, and as they were once the call has ended', async () => {
  const limits = open({ tokensPerMinute: 10_000 });
  const granted: Granted[] = [];
  const until = Date.now() + 2 * MINUTE;
  await Promise.all(
    [1, 2, 3, 4].map((n) =>
      keepAsking(limits, `report-${n}`, until, granted, { tokens: 1_000, actual: 250, ms: 20 }),
    ),
  );
  expect(mostIn(granted, (MINUTE * 60) / 61, (each) => each.tokens)).toBeLessThanOrEqual(10_000);
  // reserved alone, 20 calls would have fitted into two windows
  expect(granted.length).toBeGreaterThan(40);
}, 20_000);

it('holds calls back while as many are in flight as may be, over all processes', async () => {
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

it('lets a new report ahead of many that have asked long, a few calls at once', async () => {
  const limits = open({ requestsPerMinute: 40 });
  const granted: Granted[] = [];
  const until = Date.now() + 3 * MINUTE;
  const old = Array.from({ length: 20 }, (_, n) => keepAsking(limits, `old-${n}`, until, granted));
  await new Promise((resolve) => setTimeout(resolve, 1.5 * MINUTE));
  const before = granted.length;
  const { signal } = new AbortController();
  const wish = { reportId: 'new', tokens: 100, leaseMs: 60_000, signal };
  await Promise.all([1, 2, 3, 4].map(() => limits.admit(wish)));
  // behind all the others each of the four would have waited for 20 turns; on a slow machine some of
  // the others have fallen back as well, and share the lead
  expect(granted.length - before).toBeLessThanOrEqual(20);
  await Promise.all(old);
  const turns = Map.groupBy(granted, (each) => each.report);
  const counts = [...turns.values()].map((each) => each.length);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
}, 20_000);

it('keeps each process to its share while Redis is away, and shares again when it is back', async () => {
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
  // where the shared pace ends and the shares begin, each process may be one call ahead
  expect(mostIn(granted, (MINUTE * 60) / 61, () => 1)).toBeLessThanOrEqual(100 + 2);
}, 20_000);

it('leaves the queue when it is told to stop, and takes no room', async () => {
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
