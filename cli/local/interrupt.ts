/** Ctrl-C as an AbortSignal, so that clean-up is an ordinary `finally`. */
import { AlmanacError } from '../../src/domain/errors.ts';

/** The exit code of shells for SIGINT. */
export const INTERRUPTED = 130;

/** Aborts at the first SIGINT, SIGTERM or SIGHUP; later ones are ignored while things are stopped. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => controller.abort(new AlmanacError('interrupted', 'stopped')));
  }
  return controller.signal;
}

/** Settles when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
