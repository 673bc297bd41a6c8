/** A MongoDB server for tests: TEST_MONGODB_URL when given, else an in-memory stand-in on a free port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

export interface MongoServer {
  /** names the server that the tests ran on */
  name: string;
  /** of a database that no other test uses */
  url: string;
  stop(): Promise<void>;
}

export async function startMongoServer(): Promise<MongoServer> {
  const database = `almanac_test_${process.pid}_${Date.now()}`;
  const given = process.env.TEST_MONGODB_URL;
  if (given) {
    const url = new URL(given);
    url.pathname = `/${database}`;
    return { name: `MongoDB at ${url.host}`, url: url.href, stop: () => dropDatabase(url.href) };
  }
  const binary = createRequire(import.meta.url).resolve(
    '@jongodb/memory-server-bin-linux-x64-gnu/bin/jongodb',
  );
  const server = spawn(binary, ['--port=0', '--host=127.0.0.1'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await portOf(server);
  return {
    name: 'jongodb (in-memory stand-in of MongoDB)',
    // The stand-in finds and updates in two steps, and another connection can come between them. MongoDB
    // does both in one step. Over a single connection the stand-in behaves like MongoDB.
    url: `mongodb://127.0.0.1:${port}/${database}?maxPoolSize=1`,
    async stop() {
      const ended = once(server, 'exit');
      if (server.exitCode === null && server.kill('SIGKILL')) await ended;
    },
  };
}

async function portOf(server: ChildProcess): Promise<string> {
  if (!server.stdout) throw new Error('the MongoDB stand-in has no output');
  for await (const line of createInterface({ input: server.stdout })) {
    const port = /^JONGODB_URI=mongodb:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (port) return port;
  }
  throw new Error('the MongoDB stand-in ended before it listened');
}

async function dropDatabase(url: string): Promise<void> {
  const { MongoClient } = await import('mongodb');
  const client = new MongoClient(url);
  await client.db().dropDatabase();
  await client.close();
}
