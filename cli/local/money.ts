/** The use cases around money and erasure, for commands that run beside the API on its keys. */
import { openPlaces } from '../../src/astrology/places.ts';
import { resolveBirth } from '../../src/astrology/resolve-birth.ts';
import { createBlobStore } from '../../src/delivery/blob.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import { scaledTimings } from '../../src/domain/timings.ts';
import { createTokens } from '../../src/domain/token.ts';
import { createOrders, type Orders } from '../../src/orders/create-orders.ts';
import { createStripePayment } from '../../src/payment/stripe.ts';
import { catalogue } from '../../src/products/catalogue.ts';
import { createReportQueue } from '../../src/queue/report-queue.ts';
import { createSignals } from '../../src/queue/signals.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { configOfCommand } from './environment.ts';

/** @returns what `work` returns; everything is closed behind it */
export async function withOrders<T>(
  work: (tools: { orders: Orders; store: Store; clock: () => Date }) => Promise<T>,
): Promise<T> {
  const config = configOfCommand('api');
  const timings = scaledTimings(config.timeScale);
  const clock = () => new Date();
  // the result is what the command prints: its log would stand in between
  const log = createLog({ level: 'silent', pretty: false, process: 'cli' });
  const { redisUrl, publicUrl, stripeWebhookSecret: webhookSecret } = config;
  const { stripe, blob } = config.providers;
  const store = await openStore(config.databaseUrl, { log });
  const queue = createReportQueue({ redisUrl, timings, log });
  const signals = createSignals({ redisUrl, timings, log });
  try {
    const orders = createOrders({
      store,
      payment: createStripePayment({ ...stripe, webhookSecret, timings, log }),
      queue,
      signals,
      blob: createBlobStore({ ...blob, timings }),
      catalogue,
      places: openPlaces(),
      resolveBirth,
      tokens: createTokens(config.tokenSecret),
      timings,
      log,
      publicUrl,
      clock,
    });
    return await work({ orders, store, clock });
  } finally {
    await Promise.all([queue.close(), signals.close()]);
    await store.close();
  }
}
