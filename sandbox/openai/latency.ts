/** How long the model takes: spread as a model's answers are, and repeatable. */
import { hash32, normal, randomFrom } from '../wire/random.ts';

const SIGMA = 0.35;

/**
 * Log-normal about the mean, the same for the same request.
 * @param meanMs 0: at once
 * @returns milliseconds
 */
export function answerTime(meanMs: number, request: string): number {
  if (meanMs <= 0) return 0;
  // the shift by half the variance makes this the mean, and not the median
  return meanMs * Math.exp(SIGMA * normal(randomFrom(hash32(request))) - (SIGMA * SIGMA) / 2);
}
