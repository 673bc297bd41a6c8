/** A process of the house that can be killed, stopped, suspended and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';

export interface HouseProcess {
  name: string;
  /** @param more additional variables, from now on */
  start(more?: NodeJS.ProcessEnv): Promise<void>;
  /** Ends the process and waits for its exit. @returns its exit code; null when a signal ended it */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
  signal(signal: NodeJS.Signals): void;
  running(): boolean;
}

export interface ProcessOptions {
  name: string;
  program: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** resolves when it can be used; default: at its first message */
  ready?: (child: ChildProcess) => Promise<unknown>;
}

const STOP_MS = 15_000;

export function createProcess(options: ProcessOptions): HouseProcess {
  const { name, program, args, logFile } = options;
  let { env } = options;
  const ready = options.ready ?? ((child: ChildProcess) => once(child, 'message'));
  let child: ChildProcess | null = null;

  return {
    name,
    async start(more = {}) {
      env = { ...env, ...more };
      const log = openSync(logFile, 'a');
      const stdio = ['ignore', log, log, 'ipc'] as const;
      const started = spawn(program, args, { env, stdio: [...stdio] });
      child = started;
      const exited = once(started, 'exit').then(() => {
        throw new Error(`${name} did not start: see ${logFile}`);
      });
      exited.catch(() => {});
      await Promise.race([ready(started), exited]);
    },
    async end(signal) {
      const ending = child;
      child = null;
      if (!ending || ending.exitCode !== null || ending.signalCode !== null) return null;
      const exit = once(ending, 'exit');
      ending.kill(signal);
      const late = setTimeout(() => ending.kill('SIGKILL'), STOP_MS);
      await exit;
      clearTimeout(late);
      return ending.exitCode;
    },
    signal: (signal) => void child?.kill(signal),
    running: () => child !== null && child.exitCode === null && child.signalCode === null,
  };
}
