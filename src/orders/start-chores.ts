/** What the API processes do by themselves: each chore at once, then again and again, never two turns at a time. */
import type { Log } from '../telemetry/log.ts';

export interface Chore {
  name: string;
  /** from the end of one turn to the next, milliseconds */
  everyMs: number;
  /** @param stop aborted when the process closes: the turn ends as soon as it can */
  turn(stop: AbortSignal): Promise<unknown>;
}

/** A turn that fails is logged; the next one comes nevertheless. */
export function startChores(chores: readonly Chore[], log: Log): { close(): Promise<void> } {
  const stop = new AbortController();

  async function run({ name, everyMs, turn }: Chore): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        await turn(stop.signal);
      } catch (err) {
        log.warn({ err, chore: name }, 'chore not done: tried again later');
      }
      await pause(everyMs, stop.signal);
    }
  }

  const running = chores.map(run);
  return {
    async close() {
      stop.abort();
      await Promise.all(running);
    },
  };
}

function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      stop.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    stop.addEventListener('abort', end);
  });
}
