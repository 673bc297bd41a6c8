/** `npm run dev`: keeps the whole product running, and restarts it when a source file changes. */
import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { SANDBOX_PORTS } from '../../src/config.ts';
import { printAddresses } from '../local/addresses.ts';
import { aborted, INTERRUPTED, interruptSignal } from '../local/interrupt.ts';
import { type ProcessName, type Stack, startStack } from '../local/stack.ts';

export const summary = 'keeps API, workers and sandbox running, and restarts when code changes';

const WATCHED = ['src', 'workers'];
/** Editors write several files at once. */
const SETTLE_MS = 200;
/** The wait before a process that ended by itself is started again. */
const AGAIN_MS = 1_000;

export async function run(): Promise<number> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const signal = interruptSignal();
  const operatorPassword = process.env.OPERATOR_PASSWORD || 'almanac-dev-operator';
  let stack: Stack | null = null;
  const startAgain = (name: ProcessName) => {
    console.log(`${name} ended by itself: starting it again ...`);
    setTimeout(() => stack?.start(name).catch(report), AGAIN_MS);
  };
  try {
    stack = await startStack({
      folder: join('.data', 'dev'),
      latencyMs: 250,
      apiPort: Number(process.env.PORT || 3000),
      sandboxPort: SANDBOX_PORTS.openai,
      operatorPassword,
      environment: process.env,
      signal,
      onCrash: startAgain,
    });
    watchSources(stack, signal);
    printAddresses(stack, operatorPassword);
    await Promise.race([aborted(signal), stack.broken]);
    return 0;
  } catch (error) {
    if (!signal.aborted) throw error;
    return INTERRUPTED;
  } finally {
    await stack?.stop();
  }
}

function watchSources(stack: Stack, signal: AbortSignal): void {
  let timer: NodeJS.Timeout | undefined;
  let restarting = Promise.resolve();
  const restart = () => {
    restarting = restarting.then(async () => {
      console.log('a source file changed: starting API and workers again ...');
      await stack.restart().catch(report);
    });
  };
  for (const folder of WATCHED) {
    watch(folder, { recursive: true, signal }, () => {
      clearTimeout(timer);
      timer = setTimeout(restart, SETTLE_MS);
    });
  }
}

/** A fault in the code that the user is working on: the next change starts everything again. */
function report(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
}
