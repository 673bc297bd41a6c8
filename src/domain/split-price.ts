/** Splits a price into shares that always add up to it. */

/**
 * Largest remainder: every part gets the whole cents of its proportional share, and the cents left
 * over go to the parts whose share was cut the most (in a tie, to the earlier part).
 * @param totalMinor minor units
 * @param weights one per part, not all 0
 * @param step every share is a multiple of it, and the price must be one, too
 * @returns one share per part, minor units
 */
export function splitPrice(totalMinor: number, weights: readonly number[], step = 1): number[] {
  if (step > 1) return splitPrice(totalMinor / step, weights).map((share) => share * step);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const exact = weights.map((weight) => (totalMinor * weight) / sum);
  const shares = exact.map(Math.floor);
  const left = totalMinor - shares.reduce((total, share) => total + share, 0);
  const byRemainder = exact
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) shares[index] = (shares[index] ?? 0) + 1;
  return shares;
}
