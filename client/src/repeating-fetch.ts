/** A fetch that asks again where asking twice does no harm: reads, erasures, and orders with an idempotency key. */
import { pause } from './pause.ts';

export interface RequestPatience {
  /** requests for one call, the first included */
  tries: number;
  /** before the second request, milliseconds; doubled before each further one */
  firstWaitMs: number;
  /** a longer wait that the API asks for is left to the caller, milliseconds */
  longestWaitMs: number;
  /** until a request counts as lost, milliseconds */
  answerMs: number;
}

export const REQUEST_PATIENCE: RequestPatience = {
  tries: 3,
  firstWaitMs: 500,
  longestWaitMs: 5_000,
  answerMs: 30_000,
};

/** Answers after which the same request may go well. */
const PASSING = [429, 502, 503, 504];
const HARMLESS = ['GET', 'HEAD', 'DELETE'];

export type Fetch = (input: Request | URL | string, init?: RequestInit) => Promise<Response>;

/** @param patience tests shorten it */
export function repeatingFetch(fetch: Fetch, patience: RequestPatience): Fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { signal } = request;
    const mayRepeat = HARMLESS.includes(request.method) || request.headers.has('idempotency-key');
    for (let tried = 1; ; tried += 1) {
      const isLast = !mayRepeat || tried >= patience.tries;
      const waitMs = patience.firstWaitMs * 2 ** (tried - 1);
      try {
        const response = await fetch(
          new Request(isLast ? request : request.clone(), {
            signal: AbortSignal.any([signal, AbortSignal.timeout(patience.answerMs)]),
          }),
        );
        const toldMs = 1_000 * Number(response.headers.get('retry-after') ?? 0) || waitMs;
        const isPassing = PASSING.includes(response.status) && toldMs <= patience.longestWaitMs;
        if (isLast || !isPassing) return response;
        await response.body?.cancel();
        await pause(toldMs, signal);
      } catch (error) {
        if (isLast || signal.aborted) throw error;
        await pause(waitMs, signal);
      }
    }
  };
}
