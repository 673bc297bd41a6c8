/** The script of the shared limits on a real Redis, with the test's own clock. */
import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { randomFrom } from '../../../sandbox/wire/random.ts';
import { PRODUCTION_TIMINGS } from '../../../src/domain/timings.ts';
import { type RedisServer, startRedis } from '../../queue/redis-server.ts';

const MINUTE = 60_000;
const WINDOW = PRODUCTION_TIMINGS.limitsWindow;
const TICK = PRODUCTION_TIMINGS.limitsTurn;
const BEGUN = 1_700_000_000_000;
const MINUTES = 3;
/** reports per process */
const REPORTS = 4;
const KEYS = Array.from({ length: 8 }, (_, index) => `limits-${index}`);
const script = readFileSync(
  new URL('../../../src/llm/limits/shared-limits.lua', import.meta.url),
  'utf8',
);
const clocked = script.replace("redis.call('TIME')", '{ ARGV[2], ARGV[3] }');
const resultSchema = z.tuple([z.array(z.string()), z.number(), z.number()]);

let server: RedisServer;
let redis: Redis;
beforeAll(async () => {
  expect(clocked).not.toBe(script);
  server = await startRedis();
  redis = new Redis(server.url);
});
beforeEach(() => redis.flushall());
afterAll(async () => {
  redis.disconnect();
  await server.close();
});

interface Wish {
  limits: { requests: number; tokens: number };
  /** tokens reserved for a call, and tokens that it really took */
  tokens: number;
  actual: number;
  /** milliseconds that a call takes */
  callMs: number;
}
interface Granted {
  id: string;
  report: string;
  at: number;
  endsAt: number;
}

/** Three processes with a turn every tenth of a second each, and reports that always want another call. */
async function letThrough({ limits, tokens, actual, callMs }: Wish): Promise<Granted[]> {
  const granted: Granted[] = [];
  let calls = 0;
  const callOf = (report: string) => {
    calls += 1;
    return { id: `call-${calls}`, report, tokens, leaseMs: 300_000 };
  };
  const processes = ['a', 'b', 'c'].map((name) => ({
    name,
    waiting: Array.from({ length: REPORTS }, (_, n) => callOf(`${name}-${n}`)),
    open: new Set<Granted>(),
  }));
  for (let now = BEGUN; now < BEGUN + MINUTES * WINDOW; now += TICK) {
    for (const { name, waiting, open } of processes) {
      const ended = [...open].filter(({ endsAt }) => endsAt <= now);
      for (const call of ended) {
        open.delete(call);
        waiting.push(callOf(call.report));
      }
      const turn = {
        process: name,
        windowMs: WINDOW,
        limits: { ...limits, inFlight: 0 },
        waiting,
        ended: ended.map(({ id }) => ({ id, tokens: actual })),
        gone: [],
      };
      const time = [Math.floor(now / 1_000), (now % 1_000) * 1_000];
      const said = await redis.eval(clocked, KEYS.length, ...KEYS, JSON.stringify(turn), ...time);
      for (const id of resultSchema.parse(said)[0]) {
        const at = waiting.findIndex((each) => each.id === id);
        const [call] = waiting.splice(at, 1);
        if (!call) throw new Error(`${id} was let through and did not wait`);
        const sent = { id, report: call.report, at: now, endsAt: now + callMs };
        open.add(sent);
        granted.push(sent);
      }
    }
  }
  return granted;
}

it('in no minute do more requests reach the provider than the limit, and nearly all of it is used', async () => {
  const limits = { requests: 120, tokens: 0 };
  const granted = await letThrough({ limits, tokens: 100, actual: 100, callMs: 1_000 });
  // the second beyond the minute is for the time that a request takes to arrive
  const random = randomFrom(1);
  const arrivals = granted
    .map(({ at }) => at + random() * (WINDOW - MINUTE))
    .toSorted((a, b) => a - b);
  const inMinute = arrivals.map(
    (from, index) => arrivals.slice(index).filter((at) => at < from + MINUTE).length,
  );
  expect(Math.max(...inMinute)).toBeLessThanOrEqual(limits.requests);
  expect(granted.length).toBeGreaterThan(0.98 * MINUTES * limits.requests);
  const turns = [...Map.groupBy(granted, ({ report }) => report).values()];
  const counts = turns.map((each) => each.length);
  expect(counts).toHaveLength(3 * REPORTS);
  // all twelve reports of three processes wait throughout, and stay within a call of each other
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
});

it('counts reserved tokens while a call is open, and its real tokens once it has ended', async () => {
  const limits = { requests: 0, tokens: 100_000 };
  const wish = { limits, tokens: 10_000, actual: 2_500, callMs: 2_000 };
  const granted = await letThrough(wish);
  const countedAt = (now: number): number =>
    granted
      .filter(({ at }) => at <= now && at > now - MINUTE)
      .reduce((sum, { endsAt }) => sum + (endsAt < now ? wish.actual : wish.tokens), 0);
  const most = Math.max(...granted.map(({ at }) => countedAt(at)));
  expect(most).toBeLessThanOrEqual(limits.tokens);
  // by reservations alone, it would have been ten calls per minute
  expect(granted.length).toBeGreaterThan(2.5 * MINUTES * 10);
});
