/** One try for many askers: readiness is asked often, by many, and each try is a write. */

export type Probe = () => Promise<void>;

/**
 * @param options.everyMs tries at most this often; calls in between get the result of the last try
 * @returns a probe that rejects as the try did
 */
export function sharedProbe(
  attempt: () => Promise<unknown>,
  { clock, everyMs }: { clock: () => Date; everyMs: number },
): Probe {
  let last: { at: number; result: Promise<unknown> } | null = null;

  return async () => {
    const now = clock().getTime();
    if (last === null || now - last.at >= everyMs) {
      const result = attempt();
      result.catch(() => {}); // the await below reports it, unless nobody waits any more
      last = { at: now, result };
    }
    await last.result;
  };
}
