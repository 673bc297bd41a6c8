/** Follows an order until nothing more happens: by its stream, and by asking where the stream fails. */
import { AlmanacError } from './errors.ts';
import { forwardOnly } from './forward-only.ts';
import type { Order } from './generated/types.gen.ts';
import { isOver } from './order-states.ts';
import { openStream } from './order-stream.ts';
import { pause } from './pause.ts';
import type { Fetch } from './repeating-fetch.ts';

/** Waits, milliseconds. */
export interface WatchPatience {
  /** without a byte of the stream until we ask instead; the API sends something every 2 s */
  stallMs: number;
  /** between two questions while no stream works */
  pollMs: number;
  /** from a stall until the stream is tried again: what held it back probably still does */
  streamAgainMs: number;
  /** before a dropped stream is opened again; doubled each time that nothing came */
  reconnectMs: number;
  longestReconnectMs: number;
  /** how long an order is asked about after it has ended, where no stream tells us that nothing more comes */
  afterEndMs: number;
}

export const WATCH_PATIENCE: WatchPatience = {
  stallMs: 15_000,
  pollMs: 5_000,
  streamAgainMs: 60_000,
  reconnectMs: 1_000,
  longestReconnectMs: 4_000,
  afterEndMs: 600_000,
};

export interface WatchOptions {
  accessToken?: string;
  /** ends the watch: the loop over it then ends without an error */
  signal?: AbortSignal;
  patience?: Partial<WatchPatience>;
}

export interface WatchSource {
  /** of the stream */
  url: string;
  fetch: Fetch;
  headers: Record<string, string>;
  readOrder(signal: AbortSignal): Promise<Order>;
}

/**
 * Yields the order as it is, then each time it has changed. Ends when the API has nothing more to tell.
 * @throws AlmanacError when the order may not or no longer be read; never for a fault that passes
 */
export async function* watchOrder(
  source: WatchSource,
  options: Omit<WatchOptions, 'accessToken'>,
): AsyncGenerator<Order, void> {
  const waits = { ...WATCH_PATIENCE, ...options.patience };
  const stopped = new AbortController();
  const signal = AbortSignal.any([stopped.signal, ...(options.signal ? [options.signal] : [])]);
  const newer = forwardOnly();
  let revision: number | null = null;
  let endedAt: number | null = null;
  let silent = 0;

  function* show(order: Order): Generator<Order> {
    const shown = newer(order);
    if (shown === null) return;
    revision = shown.revision;
    endedAt = isOver(shown) ? (endedAt ?? Date.now()) : null;
    yield shown;
  }

  try {
    while (!signal.aborted) {
      const { url, fetch } = source;
      const headers = { ...source.headers };
      if (revision !== null) headers['last-event-id'] = String(revision);
      const stream = openStream({ url, fetch, headers, signal, stallMs: waits.stallMs });
      let next = await stream.next();
      for (; !next.done; next = await stream.next()) {
        silent = 0;
        yield* show(next.value);
      }
      if (next.value === 'over' || signal.aborted) return;

      const againAt = Date.now() + (next.value === 'stalled' ? waits.streamAgainMs : 0);
      do {
        const found = await readUnlessAway(source, signal);
        if (found.order !== null) yield* show(found.order);
        if (endedAt !== null && Date.now() - endedAt >= waits.afterEndMs) return;
        const backoff = Math.min(waits.reconnectMs * 2 ** silent, waits.longestReconnectMs);
        const usualMs = next.value === 'stalled' ? waits.pollMs : backoff;
        await pause(Math.max(usualMs, found.toldMs), signal);
      } while (Date.now() < againAt);
      silent += 1;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    stopped.abort();
  }
}

/** Longest wait that we believe, milliseconds. */
const LONGEST_TOLD_MS = 60_000;

/** @returns no order when the API is away or asks for patience, and how long it asks us to wait */
async function readUnlessAway(
  source: WatchSource,
  signal: AbortSignal,
): Promise<{ order: Order | null; toldMs: number }> {
  try {
    return { order: await source.readOrder(signal), toldMs: 0 };
  } catch (error) {
    if (!(error instanceof AlmanacError && error.passes)) throw error;
    const toldMs = Math.min(1_000 * (error.retryAfterSeconds ?? 0), LONGEST_TOLD_MS);
    return { order: null, toldMs };
  }
}
