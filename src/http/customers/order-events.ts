/** An order, live: Server-Sent Events whose id is the order's revision. */
import { once } from 'node:events';
import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isOver } from '../../domain/transitions.ts';
import type { OrderSnapshot } from '../../orders/customers/read-order.ts';
import { accessTokenOf } from '../access-token.ts';
import type { HttpDeps } from '../deps.ts';
import { eventsHeaderSchema, orderParamsSchema } from '../order-schema.ts';

/** To the server a stream, to the reader one order after another. */
const snapshots = z.custom<Readable>().meta({ $ref: '#/components/schemas/Order' });

export function orderEventRoutes({ orders }: Pick<HttpDeps, 'orders'>): FastifyPluginAsyncZod {
  return async (app) => {
    const closing = new AbortController();
    // an open stream would keep close() waiting forever
    app.addHook('preClose', async () => closing.abort());

    app.get(
      '/v1/orders/:orderId/events',
      {
        exposeHeadRoute: false, // HEAD would follow the order to its end, for nobody
        schema: {
          summary: 'Follow an order live',
          description:
            'Each message is the order as GET /v1/orders/{orderId} returns it. The stream ends when nothing more will happen by itself. A request after that returns 204.',
          operationId: 'watchOrder',
          tags: ['orders'],
          security: [{ access: [] }],
          params: orderParamsSchema,
          headers: eventsHeaderSchema,
          response: {
            200: {
              description:
                'Server-Sent Events. The `data` of each is an order, as JSON; its `id` is the `revision`. Send the last one as Last-Event-ID to get only what is newer.',
              content: { 'text/event-stream': { schema: snapshots } },
            },
            204: z.null().describe('The order is settled and its last revision was seen'),
          },
        },
      },
      async (request, reply) => {
        const order = await orders.access.byId(request.params.orderId, accessTokenOf(request));
        const lastId = request.headers['last-event-id'];
        const seen = lastId === undefined ? null : Number(lastId);
        // 204 makes a browser's EventSource stop reconnecting
        if (seen === order.revision && isOver(order)) {
          return reply.code(204).send(null);
        }
        const gone = new AbortController();
        void once(reply.raw, 'close').then(() => gone.abort());
        const signal = AbortSignal.any([gone.signal, closing.signal]);
        const stream = Readable.from(asEvents(orders.watchOrder(order.id, seen, signal)));
        return reply
          .header('content-type', 'text/event-stream; charset=utf-8')
          .header('cache-control', 'no-store')
          .header('x-accel-buffering', 'no') // proxies must not hold events back
          .send(stream);
      },
    );
  };
}

async function* asEvents(snapshots: AsyncIterable<OrderSnapshot | null>): AsyncGenerator<string> {
  for await (const snapshot of snapshots) {
    // a comment keeps proxies from closing a quiet stream
    yield snapshot === null
      ? ':\n\n'
      : `id: ${snapshot.revision}\ndata: ${JSON.stringify(snapshot)}\n\n`;
  }
}
