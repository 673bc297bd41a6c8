/** Waits for SQLite's one write lock without blocking the event loop. */
import { setTimeout as sleep } from 'node:timers/promises';
import { TransientFault } from '../../domain/errors.ts';
import type { Log } from '../../telemetry/log.ts';

/** SQLite's own wait, which blocks the event loop; milliseconds. */
export const BLOCKING_WAIT_MS = 5;
const GIVE_UP_MS = 60_000;
const LONGEST_PAUSE_MS = 40;
const WORTH_A_WARNING_MS = 2_000;

// SQLite's primary result codes
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const FULL = 13;
const CANTOPEN = 14;

/**
 * Runs `operation`, and repeats it for up to 60 s while another process holds the lock.
 * `operation` must leave nothing behind when it throws.
 * @throws TransientFault `store_unavailable` when the lock stays held, or the disk fails or is full
 */
export async function whenFree<T>(operation: () => T, log?: Log): Promise<T> {
  const began = performance.now();
  for (let pause = 1; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      const result = operation();
      const waitedMs = Math.round(performance.now() - began);
      if (waitedMs > WORTH_A_WARNING_MS) log?.warn({ waitedMs }, 'waited for the store');
      return result;
    } catch (error) {
      const code = primaryCode(error);
      const busy = code === BUSY || code === LOCKED;
      if (!busy || performance.now() - began > GIVE_UP_MS) throw explain(error, code);
    }
    // jitter, so that processes waiting for the lock do not keep colliding
    await sleep(pause * (0.5 + Math.random()));
  }
}

function primaryCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : null;
}

function explain(error: unknown, code: number | null): unknown {
  const unavailable = [BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN];
  if (code === null || !unavailable.includes(code)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new TransientFault('store_unavailable', `the SQLite store does not answer: ${message}`, {
    cause: error,
  });
}
