/** One connection to an order's event stream, from its opening to its end. */
import { EventSource } from 'eventsource';
import type { Order } from './generated/types.gen.ts';
import type { Fetch } from './repeating-fetch.ts';

/** `over`: the API has nothing more to tell. `dropped`: it may be opened again. `stalled`: nothing came for too long. */
export type StreamEnd = 'over' | 'dropped' | 'stalled';

export interface StreamOptions {
  url: string;
  fetch: Fetch;
  headers: Record<string, string>;
  /** milliseconds without a single byte after which it counts as stalled */
  stallMs: number;
  signal: AbortSignal;
}

/** Yields snapshots as they come. Never throws: what is wrong with an order is told when it is read. */
export async function* openStream(options: StreamOptions): AsyncGenerator<Order, StreamEnd> {
  const arrived: Order[] = [];
  let end: StreamEnd | null = null;
  let wake = (): void => {};
  const finish = (how: StreamEnd): void => {
    end ??= how;
    wake();
  };
  const watchdog = startWatchdog(options.stallMs, () => finish('stalled'));
  const stop = (): void => finish('dropped');
  options.signal.addEventListener('abort', stop, { once: true });
  const source = new EventSource(options.url, {
    fetch: async (input, init) => {
      const { 'Last-Event-ID': _, ...headers } = init.headers;
      const answer = await options.fetch(input, {
        ...init,
        headers: { ...headers, ...options.headers },
      });
      watchdog.feed();
      // the heartbeats are comments, which never become events: so the bytes are watched
      return withBody(answer, watchdog.feed);
    },
  });
  source.addEventListener('message', ({ data }) => {
    const order = orderIn(data);
    if (order === null) return finish('dropped');
    arrived.push(order);
    wake();
  });
  source.addEventListener('error', ({ code }) => {
    source.close(); // it would connect again by itself, but whoever watches decides what comes first
    finish(code === 204 ? 'over' : 'dropped');
  });
  try {
    while (!options.signal.aborted) {
      const next = arrived.shift();
      if (next !== undefined) yield next;
      else if (end !== null) return end;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    return 'dropped';
  } finally {
    source.close();
    watchdog.stop();
    options.signal.removeEventListener('abort', stop);
  }
}

/** @returns null for what is no order: something between here and the API has cut it */
function orderIn(data: string): Order | null {
  try {
    const order: Order = JSON.parse(data);
    return Number.isInteger(order.revision) && Array.isArray(order.reports) ? order : null;
  } catch {
    return null;
  }
}

function withBody(answer: Response, onBytes: () => void) {
  const { status, url, redirected, headers } = answer;
  const body = answer.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        onBytes();
        controller.enqueue(chunk);
      },
    }),
  );
  return { status, url, redirected, headers, body: body ?? null };
}

function startWatchdog(ms: number, bark: () => void) {
  let timer = setTimeout(bark, ms);
  return {
    feed(): void {
      clearTimeout(timer);
      timer = setTimeout(bark, ms);
    },
    stop: (): void => clearTimeout(timer),
  };
}
