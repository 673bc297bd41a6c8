/** A process of the local stack: started with its output in a file, stopped without a trace. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AlmanacError } from '../../src/domain/errors.ts';

const STOP_MS = 8_000;

export interface Child {
  name: string;
  /** settles when the process has ended, whatever the reason */
  ended: Promise<void>;
  /** SIGTERM, and SIGKILL for what does not heed it. */
  stop(): Promise<void>;
  /** SIGKILL, as a crash would. */
  kill(): Promise<void>;
}

export interface ChildOptions {
  name: string;
  program: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** a Node process that says when it is ready, over an IPC channel that also tells it of our end */
  ipc: boolean;
}

/**
 * Starts the process; with `ipc`, waits for its first message and hands it on.
 * @throws AlmanacError `child_failed` with the last lines of its log, when it ends before that
 */
export async function startChild(options: ChildOptions): Promise<Child & { message: unknown }> {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'a');
  const child = spawn(options.program, options.args, {
    env: options.env,
    stdio: options.ipc ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
    // Ctrl-C is ours to hand on: children that got it from the terminal would race the clean-up
    detached: true,
  });
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (cause) => reject(failure(options, cause)));
    child.once('exit', () => reject(failure(options)));
  });
  failed.catch(() => {});
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const message = options.ipc ? await Promise.race([firstMessage(child), failed]) : null;
  return {
    name: options.name,
    ended,
    message,
    stop: () => stop(child, ended),
    kill() {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

async function firstMessage(child: ChildProcess): Promise<unknown> {
  const [message] = await once(child, 'message');
  return message;
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}

function failure(options: ChildOptions, cause?: unknown): AlmanacError {
  const lines = readFileSync(options.logFile, 'utf8').trimEnd().split('\n').slice(-5);
  const why = cause instanceof Error ? cause.message : lines.join('\n  ');
  return new AlmanacError('child_failed', `${options.name} did not start:\n  ${why}`, { cause });
}
