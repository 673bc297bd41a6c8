/** Times like those of models: most near the mean, some far above. The same in every run. */
export function logNormalTimes(count: number, meanMs: number): number[] {
  const sigma = 0.35;
  return Array.from({ length: count }, (_, index) => {
    // normal deviates from a low-discrepancy sequence, by the Box-Muller method
    const u = ((index + 1) * 0.754_877_666) % 1;
    const v = ((index + 1) * 0.569_840_291) % 1;
    const deviate = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
    return Math.round(meanMs * Math.exp(sigma * deviate - sigma ** 2 / 2));
  });
}
