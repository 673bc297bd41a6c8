/** The ways to fail that lie below any provider's format: wait, stall, hang up. */
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './faults.ts';

/** Kinds that every stand-in knows. `lost_answer`: does the work, then hangs up. */
export const WIRE_KINDS = ['slow', 'stalled_body', 'dropped_connection', 'lost_answer'] as const;

const SLOW_MS = 1_000;

/** Waits if the fault is `slow`. @returns false when the caller has gone meanwhile */
export async function delay(response: ServerResponse, ms: number): Promise<boolean> {
  if (ms <= 0) return !response.destroyed;
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  response.once('close', leave);
  // an abort is the caller hanging up: told by the return value
  await sleep(ms, undefined, { signal: gone.signal }).catch(() => undefined);
  response.off('close', leave);
  return !response.destroyed;
}

export function slowness(fault: Fault): number {
  return fault.kind === 'slow' ? (fault.ms ?? SLOW_MS) : 0;
}

/** Sends the headers and the first bytes of an answer, and then nothing. */
export function stall(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{');
}

/** Ends the connection without an answer. */
export function hangUp(response: ServerResponse): void {
  response.destroy();
}
