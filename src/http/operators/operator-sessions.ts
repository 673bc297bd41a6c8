/**
 * Operators' sessions: a signed, http-only cookie that says when it expires. Nothing is stored.
 * A new password or TOKEN_SECRET ends every session.
 */
import { createHmac } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isSameSecret } from '../same-secret.ts';

const HOURS = 12;
const LIFE_MS = HOURS * 3_600_000;

export interface OperatorSessions {
  /** Compares in constant time. */
  accepts(password: string): boolean;
  open(reply: FastifyReply): void;
  close(reply: FastifyReply): void;
  isOpen(request: FastifyRequest): boolean;
}

export function createOperatorSessions(options: {
  password: string;
  tokenSecret: string;
  publicUrl: string;
  clock: () => Date;
}): OperatorSessions {
  const { password, clock } = options;
  const secure = options.publicUrl.startsWith('https:');
  // browsers refuse a __Host- cookie that a sibling domain has set
  const name = secure ? '__Host-almanac_operator' : 'almanac_operator';
  const cookie = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const;
  const key = createHmac('sha256', options.tokenSecret).update(`operator\n${password}`).digest();
  const sign = (until: string) => createHmac('sha256', key).update(until).digest('base64url');

  return {
    accepts: (given) => isSameSecret(given, password),
    open(reply) {
      const until = String(clock().getTime() + LIFE_MS);
      reply.setCookie(name, `${until}.${sign(until)}`, { ...cookie, maxAge: LIFE_MS / 1_000 });
    },
    close(reply) {
      reply.clearCookie(name, cookie);
    },
    isOpen(request) {
      const [until = '', mac = ''] = (request.cookies[name] ?? '').split('.');
      return isSameSecret(mac, sign(until)) && Number(until) > clock().getTime();
    },
  };
}
