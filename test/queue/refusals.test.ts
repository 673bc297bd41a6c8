import { expect, onTestFinished, test } from 'vitest';
import { layLine } from '../../chaos/line.ts';
import { scaledTimings } from '../../src/domain/patience.ts';
import { mustReconnect } from '../../src/domain/redis-refusals.ts';
import { connectProducer } from '../../src/queue/connection.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { eventually } from '../eventually.ts';
import { startRedis } from './redis-server.ts';

const WORDS = {
  READONLY: "READONLY You can't write against a read only replica.",
  UNBLOCKED:
    'UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)',
  LOADING: 'LOADING Redis is loading the dataset in memory',
  MASTERDOWN: "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
  NOREPLICAS: 'NOREPLICAS Not enough good replicas to write.',
};

/** Also refused over the next two connections. */
const AGAIN = 2;

/** A real server; after `refuse` this connection and the next two get that reply to each get and set. */
async function startRefusing() {
  const redis = await startRedis();
  let opened = 0;
  let refused = { upTo: 0, reply: '' };
  const line = await layLine({ port: Number(new URL(redis.url).port) }, (inner, outer) => {
    opened += 1;
    const number = opened;
    outer.pipe(inner);
    inner.on('data', (asked) => {
      const refusing = number <= refused.upTo && /\r\n[gs]et\r\n/i.test(asked.toString());
      if (refusing) inner.write(`-${refused.reply}\r\n`);
      else outer.write(asked);
    });
  });
  onTestFinished(async () => {
    line.close();
    await redis.close();
  });
  const lines: string[] = [];
  const connection = connectProducer({
    redisUrl: `redis://127.0.0.1:${line.port}`,
    timings: { ...scaledTimings(1), redisReconnect: 20 },
    log: createLog(
      { level: 'info', pretty: false, process: 'test' },
      { write: (text) => lines.push(text) },
    ),
  });
  onTestFinished(() => connection.disconnect());
  await connection.set('a', 'b');
  return {
    connection,
    opened: () => opened,
    refuse(reply: string) {
      refused = { upTo: opened + AGAIN, reply };
    },
    told: () => lines.map((text) => JSON.parse(text).msg),
  };
}

test.each(Object.entries(WORDS))(
  'a connection that is answered %s gives way to another; it is told once, and so is the end',
  async (_code, reply) => {
    const { connection, opened, refuse, told } = await startRefusing();
    refuse(reply);
    await expect(connection.get('a')).rejects.toThrow(reply);
    await eventually(async () => expect(await connection.get('a')).toBe('b'));
    expect(opened()).toBe(1 + AGAIN + 1);
    await eventually(() =>
      expect(told()).toEqual(['Redis is away, or refuses what it is asked', 'Redis is back']),
    );
  },
);

test('a reply that says that the question was wrong changes nothing', async () => {
  const { connection, opened } = await startRefusing();
  await expect(connection.lpush('a', 'c')).rejects.toThrow('WRONGTYPE');
  await expect(connection.set('a', 'b', 'READONLY' as 'NX')).rejects.toThrow('syntax');
  expect(await connection.get('a')).toBe('b');
  expect(opened()).toBe(1);
});

test('what Redis 6 says of a script is understood as well', () => {
  const words = `ERR Error running script (call to f_1a): @user_script:1: @user_script: 1: -${WORDS.READONLY}`;
  expect(mustReconnect(new Error(words))).toBe(true);
  expect(mustReconnect(new Error("ERR unknown command 'READONLY'"))).toBe(false);
});
