/** Connections to Redis: a producer's fails at once when Redis is away, a worker's waits for it. */
import { Redis, type RedisOptions } from 'ioredis';
import { TransientFault } from '../domain/errors.ts';
import type { Timings } from '../domain/patience.ts';
import { mustReconnect } from '../domain/redis-refusals.ts';
import type { Log } from '../telemetry/log.ts';
import { tellOutages } from './outage.ts';

interface ConnectionOptions {
  redisUrl: string;
  timings: Pick<Timings, 'redisAnswer' | 'redisReconnect' | 'countAnswer'>;
  log: Log;
}

export interface WorkerConnection {
  redis: Redis;
  /** for faults that BullMQ alone has seen: told as part of the connection's outage */
  onFault: (error: Error) => void;
}

/** For adding jobs and signalling: an API request must never hang on Redis. */
export function connectProducer(options: ConnectionOptions): Redis {
  const { redisAnswer } = options.timings;
  return connect(options, {
    maxRetriesPerRequest: 1,
    commandTimeout: redisAnswer,
    connectTimeout: redisAnswer,
  }).redis;
}

/** For counting requests: what cannot be counted at once is not counted. */
export function connectCounter(options: ConnectionOptions): Redis {
  return connect(options, {
    maxRetriesPerRequest: 0,
    commandTimeout: options.timings.countAnswer,
    enableOfflineQueue: false,
  }).redis;
}

/**
 * For consuming: commands wait through any outage, as BullMQ requires. What Redis refused is sent again over the
 * next connection. BullMQ's own listening connection is a copy of this one, with all its options.
 */
export function connectWorker(options: ConnectionOptions): WorkerConnection {
  return connect(options, { maxRetriesPerRequest: null }, SEND_AGAIN);
}

/** What ioredis does after a reply that calls for a new connection. A command of a transaction must not go again alone. */
const FAIL = 1;
const SEND_AGAIN = 2;

function connect(
  { redisUrl, timings, log }: ConnectionOptions,
  how: Pick<
    RedisOptions,
    'maxRetriesPerRequest' | 'commandTimeout' | 'connectTimeout' | 'enableOfflineQueue'
  >,
  refused: typeof FAIL | typeof SEND_AGAIN = FAIL,
): WorkerConnection {
  const redis: Redis = new Redis(redisUrl, {
    ...how,
    retryStrategy: () => timings.redisReconnect,
    reconnectOnError(reply) {
      if (!mustReconnect(reply)) return false;
      onFault(reply);
      return refused;
    },
  });
  const onFault = tellOutages(redis, 2 * timings.redisReconnect, log);
  redis.on('error', onFault);
  return { redis, onFault };
}

/** @throws TransientFault `redis_unavailable` in place of any fault of the connection */
export async function orRedisUnavailable<T>(command: Promise<T>): Promise<T> {
  try {
    return await command;
  } catch (error) {
    throw new TransientFault('redis_unavailable', 'Redis does not answer', { cause: error });
  }
}
