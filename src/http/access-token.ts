/** Where a request carries its access token: the Authorization header, or the order page's cookie. */
import type { FastifyReply, FastifyRequest } from 'fastify';

const COOKIE = 'almanac_access';

/** @returns null when there is none */
export function bearerOf({ headers }: FastifyRequest): string | null {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

/** @returns null when there is none */
export function accessTokenOf(request: FastifyRequest): string | null {
  return bearerOf(request) ?? request.cookies[COOKIE] ?? null;
}

/** Limited to this order's own routes, so that several orders in one browser do not collide. */
export function setAccessCookie(
  reply: FastifyReply,
  access: { orderId: string; token: string; publicUrl: string },
): void {
  reply.setCookie(COOKIE, access.token, {
    path: `/v1/orders/${access.orderId}`,
    httpOnly: true,
    sameSite: 'lax', // never sent with another site's POST
    secure: access.publicUrl.startsWith('https:'),
  });
}
