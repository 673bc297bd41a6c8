/** How long a provider asks us to wait. The number is the provider's: it is checked before it is believed. */
import { RETRY_AFTER_BELIEVED } from './patience.ts';

/**
 * Reads Retry-After (RFC 9110: seconds or a date) and the exact `retry-after-ms` beside it.
 * @param now the time from which a date counts
 * @returns milliseconds, or null where no time is given that we believe
 */
export function readRetryAfter(
  header: (name: string) => string | null | undefined,
  now: Date,
): number | null {
  const given = header('retry-after') ?? '';
  return (
    believedWait(numberIn(header('retry-after-ms') ?? '')) ??
    believedWait(numberIn(given) * 1_000) ??
    believedWait(Math.max(0, Date.parse(given) - now.getTime()))
  );
}

/**
 * @param ms as a provider gives it: it may be a point in time by mistake, or years, or no number at all
 * @returns the wait, or null as if none was given: then our own patience counts
 */
export function believedWait(ms: number | null | undefined): number | null {
  return typeof ms === 'number' && ms >= 0 && ms <= RETRY_AFTER_BELIEVED ? ms : null;
}

function numberIn(text: string): number {
  return /^\s*\d+(\.\d*)?\s*$/.test(text) ? Number(text) : Number.NaN;
}
