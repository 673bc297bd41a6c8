/** What customers open in a browser: the order page and the links in their e-mails. */
import type { FastifyError, FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { AlmanacError } from '../../domain/errors.ts';
import { setAccessCookie } from '../access-token.ts';
import type { HttpDeps } from '../deps.ts';
import { BLOB_AWAY, STRIPE_AWAY } from '../error-codes.ts';
import { describeError, noteRefusal } from '../error-map.ts';
import { tokenParamsSchema } from '../order-schema.ts';
import { contentSecurityPolicy } from '../pages/assets.ts';
import { messagePage, notePage } from '../pages/message-page.ts';
import { orderPage } from '../pages/order-page.ts';

const RENEW = { label: 'Send me a new link' };
const skip = (_request: unknown, _body: unknown, done: (error: null) => void): void => done(null);

const page = (description: string) => ({
  description,
  content: { 'text/html': { schema: z.string() } },
});

export function pageRoutes({
  orders,
  publicUrl,
}: Pick<HttpDeps, 'orders' | 'publicUrl'>): FastifyPluginAsyncZod {
  return async (app) => {
    app.setErrorHandler((error: FastifyError | AlmanacError, request, reply) => {
      const problem = describeError(error);
      noteRefusal(request, error, problem);
      const renew = problem.code === 'link_expired' && { ...RENEW, path: `${request.url}/renew` };
      return sendPage(reply.code(problem.status), messagePage(problem, renew || null));
    });
    // a form without fields: its body is ignored
    app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, skip);

    app.get(
      '/o/:token',
      {
        schema: {
          summary: 'The order page',
          operationId: 'orderPage',
          tags: ['pages'],
          params: tokenParamsSchema,
          response: { 200: page('Live progress and links') },
        },
        config: { errors: ['not_found', 'store_unavailable'] },
      },
      async ({ params: { token } }, reply) => {
        const order = await orders.access.byToken(token);
        const snapshot = await orders.readOrder(order);
        setAccessCookie(reply, { orderId: order.id, token, publicUrl });
        return sendPage(reply, orderPage(snapshot, pathOf(token)));
      },
    );

    for (const { act, summary, use, refusal } of [
      {
        act: 'start',
        summary: 'Start the order now, from a form of its page',
        use: orders.startOrder,
        refusal: 'too_late_to_change',
      },
      {
        act: 'cancel',
        summary: 'Cancel the order, from a form of its page',
        use: orders.cancelOrder,
        refusal: 'too_late_to_cancel',
      },
    ] as const) {
      app.post(
        `/o/:token/${act}`,
        {
          schema: {
            summary,
            operationId: `${act}FromPage`,
            tags: ['pages'],
            params: tokenParamsSchema,
            response: { 303: z.null().describe('Location is the order page') },
          },
          config: {
            errors: ['not_found', 'not_paid', refusal, 'store_unavailable', ...STRIPE_AWAY],
          },
        },
        async ({ params: { token } }, reply) => {
          await use(await orders.access.byToken(token));
          return reply.header('cache-control', 'no-store').redirect(pathOf(token), 303);
        },
      );
    }

    app.get(
      '/d/:token',
      {
        exposeHeadRoute: false, // mail scanners send HEAD, which would count as a download
        schema: {
          summary: 'Open the PDF that an e-mail links to',
          operationId: 'openLink',
          tags: ['pages'],
          params: tokenParamsSchema,
          response: { 302: z.null().describe('Location is a short-lived address of the PDF') },
        },
        config: {
          errors: [
            'not_found',
            'report_not_ready',
            'link_expired',
            'report_withdrawn',
            'erased',
            'store_unavailable',
            ...BLOB_AWAY,
          ],
        },
      },
      async ({ params, headers }, reply) => {
        const url = await orders.openLink(params.token, goesOn(headers.range));
        return reply.header('cache-control', 'no-store').redirect(url, 302);
      },
    );

    app.post(
      '/d/:token/renew',
      {
        schema: {
          summary: "Send a new link, only to the order's e-mail address",
          operationId: 'renewLink',
          tags: ['pages'],
          params: tokenParamsSchema,
          response: { 202: page('A new link is on its way') },
        },
        config: {
          errors: [
            'not_found',
            'report_not_ready',
            'address_failed',
            'too_soon',
            'store_unavailable',
          ],
        },
      },
      async ({ params }, reply) => {
        await orders.reissueLinks.byToken(params.token);
        const text =
          'We are sending it to the e-mail address that you ordered with. It arrives within a minute.';
        return sendPage(reply.code(202), notePage('A new link is on its way', text));
      },
    );
  };
}

function pathOf(token: string): string {
  return `/o/${token}`;
}

/** A download that broke off resumes after its first bytes. */
function goesOn(range: string | undefined): boolean {
  return range !== undefined && !range.startsWith('bytes=0-');
}

/** The address of these pages is itself a key: it must not be cached, indexed or passed on. */
function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
      'x-content-type-options': 'nosniff',
      'content-security-policy': contentSecurityPolicy,
    })
    .serializer((html: string) => html)
    .send(page);
}
