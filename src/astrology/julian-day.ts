/** Julian days (UT) and ISO 8601 instants. UTC serves as UT1: they differ by under a second. */

const UNIX_EPOCH_JD = 2_440_587.5;
const DAY_MS = 86_400_000;

export function julianDay(instant: string | number): number {
  const ms = typeof instant === 'number' ? instant : Date.parse(instant);
  return UNIX_EPOCH_JD + ms / DAY_MS;
}

/** ISO 8601 UTC to the second. */
export function isoOf(jd: number): string {
  const second = Math.round(((jd - UNIX_EPOCH_JD) * DAY_MS) / 1000);
  return new Date(second * 1000).toISOString().replace('.000Z', 'Z');
}
