/** The comparison: a Fastify server that only adds a BullMQ job and answers 202. */
import { Queue } from 'bullmq';
import fastify from 'fastify';
import { Redis } from 'ioredis';

const connection = new Redis(process.argv[2] ?? '', { maxRetriesPerRequest: null });
const queue = new Queue('bare', { connection });
const app = fastify();
app.post('/', async (request, reply) => {
  const { id } = request.body as { id: string };
  await queue.add('event', { id });
  return reply.code(202).send({ received: true });
});
process.send?.(await app.listen({ host: '127.0.0.1', port: 0 }));
