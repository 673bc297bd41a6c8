/** What protects the API from the open internet: safe headers, CORS, rate limits. */
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { Redis } from 'ioredis';
import { limitRequests } from './rate-limits.ts';

export interface Edge {
  /** proxies in front of the API, each adding to X-Forwarded-For; 0: none, and the header is not trusted */
  trustedProxies: number;
  /** sites whose pages may call the API from a browser */
  corsOrigins: string[];
  /** whether pages of this machine may too, on any port: in development, where front ends are written */
  corsLocalhost: boolean;
  /** where all API processes count requests together; null: each counts only operators' sign-ins */
  counts: Redis | null;
}

/** For answers that are not pages; each page has its own policy. */
const NOTHING = { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"] };
/** A page that this machine serves. */
const LOCALHOST = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;
const PREFLIGHT_SECONDS = 600;

/** Call before any route is registered. */
export async function guardEdge(
  app: FastifyInstance,
  { corsOrigins, corsLocalhost, counts }: Edge,
): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: NOTHING },
    referrerPolicy: { policy: 'no-referrer' },
    // an order page leads to the checkout and back, but shares nothing with other windows
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-site' },
  });
  const origins = [...corsOrigins, ...(corsLocalhost ? [LOCALHOST] : [])];
  if (origins.length > 0) {
    await app.register(cors, {
      origin: origins,
      methods: ['GET', 'HEAD', 'POST', 'DELETE'],
      allowedHeaders: ['authorization', 'content-type', 'idempotency-key', 'last-event-id'],
      exposedHeaders: ['location', 'retry-after', 'x-request-id'],
      maxAge: PREFLIGHT_SECONDS,
    });
  }
  await limitRequests(app, counts);
}
