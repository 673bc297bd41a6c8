import { expect, test } from 'vitest';
import { scaledTimings } from '../../src/domain/timings.ts';
import { createBoardQueues } from '../../src/queue/board.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { startRedis } from './redis-server.ts';

test('queues that were opened while Redis was away answer once Redis is back', async () => {
  const redis = await startRedis();
  await redis.kill();
  const board = createBoardQueues({
    redisUrl: redis.url,
    timings: { ...scaledTimings(1), redisReconnect: 50 },
    log: createLog({ level: 'silent', pretty: false, process: 'test' }),
  });
  const [queue] = board.queues;
  await expect(queue?.getJobCounts()).rejects.toThrow();
  await redis.start();
  await expect
    .poll(() => queue?.getJobCounts('waiting').catch(() => 'away'))
    .toEqual({ waiting: 0 });
  await board.close();
  await redis.close();
});
