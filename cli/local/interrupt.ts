/** Ctrl-C as a promise, so that clean-up is a `finally` like any other. */

/** Settles at the first SIGINT, SIGTERM or SIGHUP; later ones are ignored while things are stopped. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => resolve());
    }
  });
}
