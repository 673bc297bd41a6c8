/** The tries of one call: waits only for temporary faults. */
import pRetry from 'p-retry';
import { TransientFault } from '../domain/errors.ts';
import { type Timings, TRIES } from '../domain/patience.ts';
import { BreakerOpen } from './breaker.ts';

export interface TryOptions {
  timings: Pick<Timings, 'tryMin' | 'tryMax' | 'retryAfterMost'>;
  signal: AbortSignal;
  /** called before each wait */
  onWait?: (wait: { fault: TransientFault; failedTry: number; waitMs: number }) => void;
}

/**
 * Tries up to three times, with exponentially longer waits and jitter (4-8 s, then 8-16 s), and waits
 * at least as long as the provider asked. Only a TransientFault is tried again. One with a Retry-After
 * beyond `retryAfterMost` is thrown at once, and the report snoozes.
 *
 * @throws the last try's error, or the signal's reason
 */
export async function withTries<T>(attempt: () => Promise<T>, options: TryOptions): Promise<T> {
  const { timings, signal, onWait } = options;
  let result: { value: T } | undefined;
  try {
    await pRetry(
      async () => {
        result = { value: await attempt() };
      },
      {
        retries: TRIES.call - 1,
        minTimeout: timings.tryMin,
        maxTimeout: timings.tryMax,
        randomize: true,
        signal,
        async shouldRetry({ error, attemptNumber, retryDelay }) {
          if (!(error instanceof TransientFault) || error instanceof BreakerOpen) return false;
          const asked = error.retryAfterMs ?? 0;
          if (asked > timings.retryAfterMost) return false;
          onWait?.({
            fault: error,
            failedTry: attemptNumber,
            waitMs: Math.max(asked, retryDelay),
          });
          await sleep(asked - retryDelay, signal); // p-retry waits the remaining time
          return true;
        },
      },
    );
  } catch (error) {
    // p-retry drops a result when the signal aborts first. The result was paid for: keep it.
    if (!result) throw error;
  }
  if (!result) throw new Error('p-retry returned without a result');
  return result.value;
}

/** Ends early, without an error, when the signal aborts. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
