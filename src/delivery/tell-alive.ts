/** Tells a watch outside of the house that it is alive: the watch alerts when it hears nothing for a while. */
import type { Timings } from '../domain/patience.ts';
import type { Log } from '../telemetry/log.ts';

/** A failure is only logged. */
export type TellAlive = () => Promise<void>;

/** @param options.url null: there is no such watch; never logged, as it is a secret */
export function createTellAlive({
  url,
  timings,
  log,
}: {
  url: string | null;
  timings: Pick<Timings, 'aliveCall'>;
  log: Log;
}): TellAlive {
  return async () => {
    if (url === null) return;
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(timings.aliveCall) });
      await response.body?.cancel();
      if (!response.ok) log.warn({ status: response.status }, 'ALIVE_URL refused the sign of life');
    } catch (error) {
      const reason = error instanceof Error ? error.name : String(error);
      log.warn({ reason }, 'ALIVE_URL does not answer');
    }
  };
}
