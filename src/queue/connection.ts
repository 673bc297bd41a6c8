/** Connections to Redis: a producer's fails at once when Redis is away, a worker's waits for it. */
import { Redis, type RedisOptions } from 'ioredis';
import { TransientFault } from '../domain/errors.ts';
import type { Timings } from '../domain/patience.ts';
import type { Log } from '../telemetry/log.ts';

interface ConnectionOptions {
  redisUrl: string;
  timings: Pick<Timings, 'redisAnswer' | 'redisReconnect'>;
  log: Log;
}

/** For adding jobs and signalling: an API request must never hang on Redis. */
export function connectProducer(options: ConnectionOptions): Redis {
  const { redisAnswer } = options.timings;
  return connect(options, {
    maxRetriesPerRequest: 1,
    commandTimeout: redisAnswer,
    connectTimeout: redisAnswer,
  });
}

/** For counting requests: what cannot be counted at once is not counted. */
export function connectCounter(options: ConnectionOptions): Redis {
  return connect(options, {
    maxRetriesPerRequest: 0,
    commandTimeout: options.timings.redisAnswer,
    enableOfflineQueue: false,
  });
}

/** For consuming: commands wait through any outage, as BullMQ requires. */
export function connectWorker(options: ConnectionOptions): Redis {
  return connect(options, { maxRetriesPerRequest: null });
}

function connect(
  { redisUrl, timings, log }: ConnectionOptions,
  how: Pick<
    RedisOptions,
    'maxRetriesPerRequest' | 'commandTimeout' | 'connectTimeout' | 'enableOfflineQueue'
  >,
): Redis {
  const redis = new Redis(redisUrl, { ...how, retryStrategy: () => timings.redisReconnect });
  // An outage emits one error per second: log one line when Redis goes away, and one when it is back.
  let away = false;
  redis.on('error', (error) => {
    if (!away) log.warn({ err: error }, 'Redis is away');
    away = true;
  });
  redis.on('ready', () => {
    if (away) log.info('Redis is back');
    away = false;
  });
  return redis;
}

/** @throws TransientFault `redis_unavailable` instead of any error of the connection */
export async function orRedisUnavailable<T>(command: Promise<T>): Promise<T> {
  try {
    return await command;
  } catch (error) {
    throw new TransientFault('redis_unavailable', 'Redis does not answer', { cause: error });
  }
}
