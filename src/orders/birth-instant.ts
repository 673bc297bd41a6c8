/** When an order's birth was, as customers see it. */
import type { Order } from '../domain/order.ts';

export interface BirthInstant {
  /** ISO 8601 UTC; local noon when the time is unknown */
  utc: string;
  /** of the local time from UTC, east positive */
  offsetSeconds: number;
  /** why the offset is uncertain; null if nothing is known against it */
  offsetUncertain: string | null;
}

/** @returns null once the birth was erased */
export function birthInstantOf({ erasedAt, subject }: Order): BirthInstant | null {
  if (erasedAt) return null;
  const { utc, offsetSeconds, offsetDoubt } = subject.birth;
  return { utc, offsetSeconds, offsetUncertain: offsetDoubt?.why ?? null };
}
