/** API processes that die where they are told, and are started again until all planned kills are done. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, startChild } from '../../cli/local/child.ts';
import type { Kill, KillPoint } from './kill-points.ts';

const SERVER = new URL('../../src/server.ts', import.meta.url).pathname;
const PRELOAD = new URL('./preload.ts', import.meta.url).pathname;

export interface MortalApis {
  origins: string[];
  /** where processes have died so far */
  died: KillPoint[];
  /** Rejects when a process ends that was not told to. */
  broken: Promise<never>;
  /** Resolves when all are ready again. */
  up(): Promise<void>;
  close(): Promise<void>;
}

/** Resolves when all are ready for the first time. */
export async function startMortalApis(
  ports: readonly number[],
  kills: readonly Kill[],
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<MortalApis> {
  const waiting = [...kills];
  const died: KillPoint[] = [];
  const children: Child[] = [];
  let closing = false;
  const { promise: broken, reject } = Promise.withResolvers<never>();
  broken.catch(() => {});

  function start(index: number): Promise<unknown> {
    const kill = waiting.shift();
    const mortal = kill ? { KILL_BEHIND: `${kill.point}:${kill.times}` } : {};
    const child = startChild({
      name: `api-${index}`,
      args: [...(kill ? ['--import', PRELOAD] : []), SERVER],
      env: { ...env, PORT: String(ports[index]), ...mortal },
      logFile: join(folder, `api-${index}.log`),
    });
    children[index] = child;
    void child.ended.then(() => {
      if (closing) return;
      if (!kill) return reject(new Error(`api-${index} ended by itself: see its log`));
      died.push(kill.point);
      void start(index);
    });
    return child.ready;
  }

  await Promise.all(ports.map((_, index) => start(index)));
  return {
    died,
    broken,
    origins: ports.map((port) => `http://127.0.0.1:${port}`),
    async up() {
      // a process that must die while it starts is never ready, but its successor is
      const ready = () => Promise.all(children.map((child) => child.ready)).then(() => true);
      while (!(await ready().catch(() => false))) await sleep(20);
    },
    async close() {
      closing = true;
      await Promise.all(children.map((child) => child.stop()));
    },
  };
}
