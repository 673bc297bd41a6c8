/** A refusal that passes by itself: says when to come back. */
import { TransientFault } from '../domain/errors.ts';

/** @param why begins a sentence that the wait ends */
export function tooMany(code: string, why: string, waitMs: number): TransientFault {
  const minutes = Math.ceil(waitMs / 60_000);
  const wait = minutes > 1 ? `${minutes} minutes` : 'a minute';
  return new TransientFault(code, `${why}or try again in ${wait}.`, { retryAfterMs: waitMs });
}
