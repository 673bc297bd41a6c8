/** A provider's circuit breaker: while it is away, reports snooze instead of trying one by one. */
import { TransientFault } from '../domain/errors.ts';
import { type Timings, TRIES } from '../domain/patience.ts';
import type { Log } from '../telemetry/log.ts';

/** Not retried within the call: the report snoozes. */
export class BreakerOpen extends TransientFault {
  constructor(retryAfterMs: number) {
    super('openai_breaker', 'OpenAI is away: its circuit breaker is open', { retryAfterMs });
    this.name = 'BreakerOpen';
  }
}

export interface Breaker {
  /**
   * Runs a request, unless the provider is known to be away.
   * @throws BreakerOpen without running it; otherwise what the request threw
   */
  run<T>(request: () => Promise<T>): Promise<T>;
}

export interface BreakerOptions {
  timings: Pick<Timings, 'breakerOpen' | 'breakerOpenMost'>;
  log: Log;
  clock: () => Date;
}

/** Faults that mean the provider is away. A 429 means that it is there. */
const AWAY = new Set([
  'openai_unavailable',
  'openai_unreachable',
  'openai_connection',
  'openai_timeout',
  'openai_body',
  'openai_proxy',
]);

/**
 * Opens after eight failures in a row for 30 s, then lets one request through to try. The time doubles,
 * up to 5 min, for as long as that request fails too.
 */
export function createBreaker({ timings, log, clock }: BreakerOptions): Breaker {
  let failures = 0;
  let openMs = 0;
  let openUntil = 0;
  let trial = false;

  function opened(): void {
    openMs = Math.min(openMs === 0 ? timings.breakerOpen : 2 * openMs, timings.breakerOpenMost);
    openUntil = clock().getTime() + openMs;
    log.error({ failures, openMs }, 'OpenAI is away: breaker open');
  }

  function closed(): void {
    if (openMs > 0) log.info('OpenAI is back: breaker closed');
    failures = 0;
    openMs = 0;
  }

  return {
    async run(request) {
      const waitMs = openUntil - clock().getTime();
      if (openMs > 0 && (trial || waitMs > 0)) {
        throw new BreakerOpen(Math.max(waitMs, timings.breakerOpen));
      }
      const trying = openMs > 0;
      trial ||= trying;
      try {
        const result = await request();
        closed();
        return result;
      } catch (error) {
        if (error instanceof TransientFault && AWAY.has(error.code)) {
          failures += 1;
          // requests that were under way when it opened say nothing new
          if (trying || (openMs === 0 && failures >= TRIES.breaker)) opened();
        }
        throw error;
      } finally {
        if (trying) trial = false;
      }
    },
  };
}
