/** Faults of the machine that a worker runs on: a full or read-only disk, no more memory or processes. */
import { hostname } from 'node:os';
import type { Alert } from '../src/orders/letters/raise-alert.ts';

/**
 * What the operating system refuses, anywhere in the chain of causes, is not the report's fault:
 * another host, or this one once it is fixed, can carry it out.
 * @returns the refusal in the system's words; null if there is none
 */
export function hostFaultIn(error: unknown): string | null {
  for (let each = error; each instanceof Error; each = each.cause) {
    const refused = 'errno' in each && 'syscall' in each && typeof each.errno === 'number';
    if (refused) return each.message;
  }
  return null;
}

/** Once per host and day. */
export function hostAlert(
  report: { id: string; orderId: string },
  hostFault: string,
  now: Date,
): Alert {
  const host = hostname();
  return {
    cause: `host-${host}-${now.toISOString().slice(0, 10)}`,
    orderId: report.orderId,
    note: `a worker's machine has a fault: ${hostFault}\n${report.id}, and perhaps others, will be tried again automatically, here or on another machine. They lose no attempt.\nOn ${host}: free disk space for WORK_DIR and check that the worker may write there; then check memory and processes.`,
  };
}
