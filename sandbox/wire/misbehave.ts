/** The failures that all providers share: wait, stall, hang up. */
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './faults.ts';

/** Kinds that every stand-in knows. `lost_answer`: does the work, then hangs up. */
export const WIRE_KINDS = ['slow', 'stalled_body', 'dropped_connection', 'lost_answer'] as const;

const SLOW_MS = 1_000;

/** Waits if the fault is `slow`. @returns false when the caller has hung up meanwhile */
export async function delay(response: ServerResponse, ms: number): Promise<boolean> {
  if (ms <= 0) return !response.destroyed;
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  response.once('close', leave);
  // an abort means that the caller hung up: the return value says so
  await sleep(ms, undefined, { signal: gone.signal }).catch(() => undefined);
  response.off('close', leave);
  return !response.destroyed;
}

export function slowness(fault: Fault): number {
  return fault.kind === 'slow' ? (fault.ms ?? SLOW_MS) : 0;
}

/** Sends the headers and the first bytes of an answer, then nothing more. */
export function stall(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{');
}

/** Closes the connection without an answer. */
export function hangUp(response: ServerResponse): void {
  response.destroy();
}
