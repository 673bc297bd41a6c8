/** Limits tries of the operators' password: ten from one address, then none for 15 minutes. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { TransientFault } from '../../domain/errors.ts';
import { type Problem, problemOf } from '../error-map.ts';

const TRIES = 10;
const LOCKED_MS = 15 * 60_000;

export interface Tries {
  /** @returns milliseconds that this address has to wait; null: it may try */
  waitOf(request: FastifyRequest): Promise<number | null>;
  /** Counts one try. @returns the same as waitOf */
  count(request: FastifyRequest): Promise<number | null>;
}

/** All API processes count together. Without Redis both throw: nobody may guess uncounted. */
export function limitTries(app: FastifyInstance): Tries {
  const limit = app.createRateLimit({ max: TRIES, timeWindow: LOCKED_MS, skipOnError: false });
  const ask = async (request: FastifyRequest, increment: boolean): Promise<number | null> => {
    try {
      const now = await limit(request, { increment });
      const spent = !now.isAllowed && (increment ? now.isExceeded : now.remaining === 0);
      return spent ? now.ttl : null;
    } catch (cause) {
      throw new TransientFault('redis_unavailable', 'Redis does not answer', { cause });
    }
  };
  return { waitOf: (request) => ask(request, false), count: (request) => ask(request, true) };
}

export function lockedOut(reply: FastifyReply, waitMs: number): Problem {
  const seconds = Math.ceil(waitMs / 1_000);
  reply.header('retry-after', seconds);
  return problemOf('rate_limited', `Too many wrong passwords. Try again in ${seconds} s.`);
}
