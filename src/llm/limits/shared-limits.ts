/** Limits that all workers share, kept in Redis. While Redis is away each process keeps to its share. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { type Timings, TRIES } from '../../domain/patience.ts';
import { mustReconnect } from '../../domain/redis-refusals.ts';
import type { Log } from '../../telemetry/log.ts';
import {
  type Admission,
  type CallLimits,
  type CallWish,
  type Limits,
  NO_LIMITS,
} from './limits.ts';
import { createOwnShare } from './own-share.ts';

export interface SharedLimitsOptions {
  redisUrl: string;
  limits: CallLimits;
  timings: Pick<Timings, 'limitsWindow' | 'limitsTurn' | 'limitsAnswer' | 'redisReconnect'>;
  log: Log;
}

interface Waiter extends Omit<CallWish, 'signal'> {
  id: string;
  grant(): void;
}

const SCRIPT = readFileSync(new URL('./shared-limits.lua', import.meta.url), 'utf8');
// one hash slot, so that a clustered Redis can run the script
const KEYS = ['queue', 'seen', 'finish', 'log', 'tokens', 'flight', 'processes', 'state'].map(
  (name) => `{almanac:limits}:${name}`,
);
const resultSchema = z.tuple([z.array(z.string()), z.number(), z.number()]);
/** How many ended calls we remember for Redis while it is away. */
const MOST_UNTOLD = 1_000;
/** An idle process must still count when Redis goes away, because it may get work at any moment. */
const SIGN_OF_LIFE_MS = 60_000;

/** Connects to Redis only if something is limited. */
export function createLimits(options: SharedLimitsOptions): Limits {
  const limited = Object.values(options.limits).some((limit) => limit !== null);
  return limited ? createSharedLimits(options) : NO_LIMITS;
}

export function createSharedLimits(options: SharedLimitsOptions): Limits {
  const { redisUrl, limits, timings, log } = options;
  const redis = new Redis(redisUrl, {
    enableOfflineQueue: false, // while Redis is away a turn fails at once
    commandTimeout: timings.limitsAnswer,
    connectTimeout: timings.limitsAnswer,
    retryStrategy: () => timings.redisReconnect,
    reconnectOnError: mustReconnect, // after a failover it would talk to a read replica for ever
  });
  redis.on('error', () => {}); // the failed turn reports it
  redis.on('ready', () => turnSoon(0));

  const processId = randomUUID();
  const waiting = new Map<string, Waiter>();
  const open = new Set<string>();
  let ended: { id: string; tokens: number }[] = [];
  let gone: string[] = [];
  /** how many share the limits; null: Redis was never reached, so nothing goes yet */
  let processes: number | null = null;
  let failures = 0;
  let away = false;
  let closed = false;
  let turning = false;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  const ownShare = createOwnShare(limits, timings.limitsWindow, () => Date.now());

  /** One turn at a time: whatever comes during a turn waits for the next. */
  function turnSoon(ms: number): void {
    if (closed) return;
    if (turning) {
      again ||= ms === 0;
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(turn, ms);
    // when nothing waits, the turn is only a sign of life
    if (waiting.size === 0 && ended.length === 0) timer.unref();
  }

  async function turn(): Promise<void> {
    turning = true;
    const told = { ended: ended.splice(0), gone: gone.splice(0) };
    let nextMs = timings.limitsTurn;
    try {
      const [granted, waitMs, count] = await takeTurn(told);
      if (away) log.info('limits are shared again');
      away = false;
      failures = 0;
      processes = count;
      nextMs = Math.min(waitMs, nextMs);
      for (const id of granted) grant(id);
    } catch (error) {
      ended = [...told.ended, ...ended].slice(-MOST_UNTOLD);
      gone = [...told.gone, ...gone].slice(-MOST_UNTOLD);
      failures += 1;
      // a single late answer, from a busy event loop, is not an outage
      if (processes !== null && (redis.status !== 'ready' || failures >= TRIES.limits)) {
        if (!away)
          log.warn({ err: error, processes }, 'Redis is away: using own share of the limits');
        away = true;
        for (const { id } of ownShare(waiting.values(), open.size, processes)) grant(id);
      }
    }
    turning = false;
    if (waiting.size === 0 && failures === 0) nextMs = SIGN_OF_LIFE_MS;
    if (again || (ended.length > 0 && failures === 0)) nextMs = 0;
    again = false;
    turnSoon(nextMs);
  }

  async function takeTurn(told: { ended: object[]; gone: string[] }) {
    const turnOf = {
      process: processId,
      windowMs: timings.limitsWindow,
      limits: {
        requests: limits.requestsPerMinute ?? 0,
        tokens: limits.tokensPerMinute ?? 0,
        inFlight: limits.inFlight ?? 0,
      },
      waiting: [...waiting.values()].map(({ id, reportId, tokens, leaseMs }) => {
        return { id, report: reportId, tokens, leaseMs };
      }),
      ...told,
    };
    return resultSchema.parse(
      await redis.eval(SCRIPT, KEYS.length, ...KEYS, JSON.stringify(turnOf)),
    );
  }

  function grant(id: string): void {
    const waiter = waiting.get(id);
    waiting.delete(id);
    if (waiter) waiter.grant();
    else ended.push({ id, tokens: 0 }); // it was aborted while its turn was under way
  }

  return {
    admit({ signal, ...wish }) {
      return new Promise<Admission>((resolve, reject) => {
        signal.throwIfAborted();
        const id = randomUUID();
        const leave = (): void => {
          waiting.delete(id);
          gone.push(id);
          turnSoon(0);
          reject(signal.reason);
        };
        const end = (tokens: number | null): void => {
          if (!open.delete(id)) return;
          ended.push({ id, tokens: tokens ?? -1 });
          turnSoon(0);
        };
        signal.addEventListener('abort', leave, { once: true });
        waiting.set(id, {
          ...wish,
          id,
          grant() {
            signal.removeEventListener('abort', leave);
            open.add(id);
            resolve({ end });
          },
        });
        turnSoon(0);
      });
    },
    close() {
      closed = true;
      clearTimeout(timer);
      redis.disconnect();
    },
  };
}
