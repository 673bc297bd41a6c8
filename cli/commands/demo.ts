/** `npm run demo`: the whole product on this machine, from an order to the PDFs in `out/`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makePrivateFolder } from '../../src/disk/private.ts';
import { AlmanacError } from '../../src/domain/errors.ts';
import { priceProducts } from '../../src/orders/checkout/price-products.ts';
import { catalogue } from '../../src/products/catalogue.ts';
import { openStore } from '../../src/store/open-store.ts';
import { runOrder } from '../demo/run-order.ts';
import { asTable } from '../demo/summary.ts';
import { printAddresses } from '../local/addresses.ts';
import { aborted, INTERRUPTED, interruptSignal } from '../local/interrupt.ts';
import { type Stack, startStack } from '../local/stack.ts';
import { ANSWER_OPTIONS } from '../sky/birth-answers.ts';
import { birthOf } from '../sky/birth-of.ts';

export const summary = 'places and pays for an order on this machine, and writes its PDFs to out/';

const OPTIONS = {
  product: { type: 'string', default: 'bundle' },
  name: { type: 'string', default: 'Ada Moreau' },
  date: { type: 'string', default: '1990-06-15' },
  time: { type: 'string', default: '11:00' },
  place: { type: 'string', default: 'London, GB' },
  ...ANSWER_OPTIONS,
  latency: { type: 'string', default: '20' },
  keep: { type: 'boolean', default: false },
} as const;

const DATA = '.data';
const OUT = 'out';
const OPERATOR_PASSWORD = 'almanac-demo-operator';

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const wish = { ...values, products: [values.product] };
  const latencyMs = Number(values.latency);
  if (!(latencyMs >= 0)) {
    throw new AlmanacError('usage', '--latency: milliseconds, 0 or more, for example 250');
  }
  // refuses bad input now, not after everything has been started
  priceProducts(catalogue, wish.products);
  birthOf(wish);

  const signal = interruptSignal();
  makePrivateFolder(DATA);
  const folder = mkdtempSync(join(DATA, 'demo-'));
  console.log(`setup took ${process.env.ALMANAC_SETUP_SECONDS ?? '0.0'} s`);
  console.log('starting Redis, the sandbox, the API and four workers ...');
  const began = Date.now();
  const { promise: crashed, reject } = Promise.withResolvers<never>();
  crashed.catch(() => {});
  let stack: Stack | null = null;
  let failed = true;
  try {
    stack = await startStack({
      folder,
      latencyMs,
      apiPort: 0,
      sandboxPort: 0,
      operatorPassword: OPERATOR_PASSWORD,
      environment: sandboxOnly(process.env),
      signal,
      onCrash: (name) => reject(new AlmanacError('demo', `${name} ended by itself`)),
    });
    await Promise.race([order(stack, wish), aborted(signal), stack.broken, crashed]);
    failed = false;
    if (signal.aborted) return INTERRUPTED;
    console.log(`ran in ${((Date.now() - began) / 1000).toFixed(1)} s`);
    if (values.keep) {
      printAddresses(stack, OPERATOR_PASSWORD);
      await Promise.race([aborted(signal), stack.broken, crashed]);
    }
    return 0;
  } catch (error) {
    if (!signal.aborted) throw error;
    failed = false;
    return INTERRUPTED;
  } finally {
    await stack?.stop();
    if (failed) console.error(`data and logs are kept in ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}

async function order(stack: Stack, wish: Parameters<typeof runOrder>[2]): Promise<void> {
  const store = await openStore(stack.databaseUrl);
  try {
    const { reports, emails } = await runOrder(stack, store, wish, OUT);
    console.log(`\n${asTable(reports)}\n`);
    const links = reports.length === 1 ? 'one link' : `${reports.length} links`;
    console.log(`${emails} e-mail with ${links}; PDFs and summary.json in ${OUT}/`);
  } finally {
    await store.close();
  }
}

/** A demo never spends money: it gets none of the user's own keys, and not their database. */
function sandboxOnly(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, REDIS_URL } = environment;
  return { PATH, HOME, TMPDIR, REDIS_URL, LOG_LEVEL: 'info' };
}
