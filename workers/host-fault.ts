/** Faults of the machine that a worker runs on: a full or read-only disk, no more memory or processes. */
import { hostname } from 'node:os';
import type { Alert } from '../src/orders/letters/raise-alert.ts';

/**
 * What the operating system refuses, wherever in the chain of causes it stands, is no fault of the
 * report: another host, or this one once mended, carries it out.
 * @returns the refusal in the system's words; null where there is none
 */
export function hostFaultIn(error: unknown): string | null {
  for (let each = error; each instanceof Error; each = each.cause) {
    const refused = 'errno' in each && 'syscall' in each && typeof each.errno === 'number';
    if (refused) return each.message;
  }
  return null;
}

/** Once a host and day. */
export function hostAlert(
  report: { id: string; orderId: string },
  hostFault: string,
  now: Date,
): Alert {
  const host = hostname();
  return {
    cause: `host-${host}-${now.toISOString().slice(0, 10)}`,
    orderId: report.orderId,
    note: `a worker's machine is in the way: ${hostFault}\n${report.id}, and maybe others, wait at no cost and are tried again, here or on another machine. On ${host}: free the disk of WORK_DIR and look whether the worker may write there; then memory and processes.`,
  };
}
