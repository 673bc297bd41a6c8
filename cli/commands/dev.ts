/** `npm run dev`: the whole product, kept up, started again when a source file changes. */
import { watch } from 'node:fs';
import { join } from 'node:path';
import { SANDBOX_PORTS } from '../../src/config.ts';
import { printAddresses } from '../local/addresses.ts';
import { untilInterrupted } from '../local/interrupt.ts';
import { type Stack, startStack } from '../local/stack.ts';

export const summary = 'keeps API, workers and sandbox up, restarting on a change';

const WATCHED = ['src', 'workers'];
/** Editors write several files at once. */
const SETTLE_MS = 200;

export async function run(): Promise<number> {
  const interrupt = untilInterrupted();
  const operatorPassword = process.env.OPERATOR_PASSWORD ?? 'almanac-dev-operator';
  const stack = await startStack({
    folder: join('.data', 'dev'),
    latencyMs: 250,
    apiPort: Number(process.env.PORT ?? 3000),
    sandboxPort: SANDBOX_PORTS.openai,
    operatorPassword,
    environment: process.env,
  });
  const watchers = watchSources(stack);
  try {
    printAddresses(stack, operatorPassword);
    await interrupt;
    return 0;
  } finally {
    for (const watcher of watchers) watcher.close();
    await stack.stop();
  }
}

function watchSources(stack: Stack) {
  let timer: NodeJS.Timeout | undefined;
  let restarting = Promise.resolve();
  const restart = () => {
    restarting = restarting.then(async () => {
      console.log('a source file changed: starting API and workers again ...');
      await stack.restart().catch((error: unknown) => console.error(error));
    });
  };
  return WATCHED.map((folder) =>
    watch(folder, { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(restart, SETTLE_MS);
    }),
  );
}
