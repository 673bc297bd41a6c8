/** How long the model takes: spread like a real model's answer times, and repeatable. */
import { hash32, normal, randomFrom } from '../wire/random.ts';

const SIGMA = 0.35;

/**
 * Log-normal around the mean, and the same for the same request.
 * @param meanMs 0: no wait
 * @returns milliseconds
 */
export function answerTime(meanMs: number, request: string): number {
  if (meanMs <= 0) return 0;
  // subtracting half the variance makes this the mean instead of the median
  return meanMs * Math.exp(SIGMA * normal(randomFrom(hash32(request))) - (SIGMA * SIGMA) / 2);
}
