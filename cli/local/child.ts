/** A Node process of the local stack. Its output goes to a file, and stopping it leaves nothing behind. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fstatSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makePrivateFile, makePrivateFolder } from '../../src/disk/private.ts';
import { AlmanacError } from '../../src/domain/errors.ts';

const STOP_MS = 8_000;

export interface Child {
  name: string;
  /**
   * What it said when it was ready, over an IPC channel that also tells it when we end.
   * Rejects with AlmanacError `child_failed` and the last lines of its log if it ends before that.
   */
  ready: Promise<unknown>;
  /** settles when the process has ended, whatever the reason */
  ended: Promise<void>;
  /** SIGTERM, then SIGKILL if it does not end. */
  stop(): Promise<void>;
  /** SIGKILL, like a crash. */
  kill(): Promise<void>;
}

export interface ChildOptions {
  name: string;
  /** a TypeScript file, and its arguments */
  args: string[];
  env: NodeJS.ProcessEnv;
  logFile: string;
}

export function startChild(options: ChildOptions): Child {
  makePrivateFolder(dirname(options.logFile));
  makePrivateFile(options.logFile);
  const log = openSync(options.logFile, 'a');
  const from = fstatSync(log).size;
  const child = spawn(process.execPath, options.args, {
    env: options.env,
    stdio: ['ignore', log, log, 'ipc'],
    // we pass on Ctrl-C: children that got it from the terminal would race the clean-up
    detached: true,
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const ready = Promise.race([
    once(child, 'message').then(([message]: unknown[]) => message),
    ended.then(() => {
      throw failure(options, from);
    }),
  ]);
  ready.catch(() => {}); // callers that wait see the error; during a stop nobody waits
  return {
    name: options.name,
    ready,
    ended,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(timer);
    },
    kill() {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

/** @param from where this process's lines begin in its log */
function failure({ name, logFile }: ChildOptions, from: number): AlmanacError {
  const said = readFileSync(logFile).subarray(from).toString('utf8').trimEnd();
  const lines = said.split('\n').slice(-5).join('\n  ');
  return new AlmanacError('child_failed', `${name} did not start:\n  ${lines}`);
}
