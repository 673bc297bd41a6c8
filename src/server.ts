/** The API process: config, adapters, application, listen, close. Wiring only. */
import { setTimeout as sleep } from 'node:timers/promises';
import { buildApp } from './app.ts';
import { openPlaces } from './astrology/places.ts';
import { type Config, loadConfig } from './config.ts';
import { composeAlert, composeLetter } from './delivery/letters/compose-letter.ts';
import { createReadMailEvents } from './delivery/mail-events.ts';
import { createMailer } from './delivery/mailer.ts';
import { createTokens } from './domain/token.ts';
import { createOperatorSessions } from './http/operators/operator-sessions.ts';
import { openHouse } from './open-house.ts';
import { openOrders } from './open-orders.ts';
import { createEraseOldOrders } from './orders/customers/erase-old-orders.ts';
import { createSendAlerts } from './orders/letters/send-alerts.ts';
import { createSendEmail } from './orders/letters/send-email.ts';
import { createOperators } from './orders/operators/create-operators.ts';
import { createReadUsage } from './orders/operators/read-usage.ts';
import { createProbeStore } from './orders/probe-store.ts';
import { sharedProbe } from './orders/shared-probe.ts';
import { startChores } from './orders/start-chores.ts';
import { createWatchLife } from './orders/watch/life.ts';
import { createReadTrouble } from './orders/watch/read-trouble.ts';
import { createWatchEffects } from './orders/watch/watch-effects.ts';
import { createBoardQueues } from './queue/board.ts';
import { connectCounter } from './queue/connection.ts';
import type { Log } from './telemetry/log.ts';

async function start(config: Config): Promise<void> {
  const house = await openHouse(config, { process: 'api' });
  const { store, queue, timings, log, clock, redis, catalogue } = house;
  const { publicUrl, operatorPassword } = config;
  const board = createBoardQueues(redis);
  const places = openPlaces();
  places.search('Vienna', 1); // reads the table now: no customer should wait for it
  const orders = openOrders(house, places);
  const app = await buildApp({
    orders,
    readMailEvents: createReadMailEvents({ publicKey: config.sendgridWebhookKey, timings, clock }),
    catalogue,
    places,
    log,
    publicUrl,
    readiness: {
      probes: {
        store: createProbeStore({ store, clock, everyMs: timings.probe }),
        redis: sharedProbe(queue.ping, { clock, everyMs: timings.probe }),
      },
      withinMs: timings.probe,
      readTrouble: createReadTrouble({ store, timings, clock }),
    },
    edge: {
      ...config.http,
      // development and tests may order at any speed
      counts: config.production ? connectCounter(redis) : null,
    },
    readUsage: createReadUsage({ store }),
    metricsToken: config.metricsToken,
    operator:
      operatorPassword === null
        ? null
        : {
            sessions: createOperatorSessions({
              password: operatorPassword,
              tokenSecret: config.tokenSecret,
              publicUrl,
              clock,
            }),
            queues: board.queues,
            operators: createOperators(house),
          },
  });

  const base = { store, timings, log, clock };
  const { operatorEmail } = config;
  const sendEmail = createSendEmail({
    ...base,
    catalogue,
    composeLetter,
    composeAlert,
    mailer: createMailer({
      ...config.providers.sendgrid,
      timings,
      from: config.mailFrom,
      replyTo: config.replyTo,
    }),
    operatorEmail,
    tokens: createTokens(config.tokenSecret),
    publicUrl,
  });
  const { eraseOrder } = orders;
  const { retention } = config;
  const eraseOldOrders = createEraseOldOrders({ ...base, eraseOrder, retention });

  const chores = startChores(
    [
      {
        name: 'stripe-events',
        everyMs: timings.eventRetry,
        lease: 'turn',
        turn: orders.processEvents,
      },
      { name: 'refunds', everyMs: timings.moneyTurn, lease: 'turn', turn: orders.sendRefunds },
      {
        name: 'purge',
        everyMs: timings.moneyTurn,
        lease: 'turn',
        turn: orders.eraseOrder.purgeAgain,
      },
      { name: 'retention', everyMs: timings.retention, lease: 'turn', turn: eraseOldOrders },
      // takes its lease itself, because a command runs it too
      { name: 'reconcile', everyMs: timings.reconcile, turn: orders.reconcile },
      { name: 'life', everyMs: timings.lifeSign, turn: createWatchLife(base, 'api') },
      {
        name: 'watch',
        everyMs: timings.watch,
        lease: 'keep',
        turn: createWatchEffects({ ...base, queue, catalogue }),
      },
      // alerts only: letters to customers leave by the workers
      ...(operatorEmail === null
        ? []
        : [
            {
              name: 'alerts',
              everyMs: timings.watch,
              turn: createSendAlerts({ ...base, sendEmail }),
            },
          ]),
    ],
    base,
  );

  async function close(): Promise<void> {
    const atMost = (step: Promise<unknown>) => Promise.race([step, sleep(timings.handOver)]);
    // an event, a refund or an erasure that is cut short is stored: the next process does it
    await atMost(Promise.all([app.close(), chores.close()]));
    await atMost(store.close());
    // connections to Redis have nothing left to do, and do not close while it is away: they end with us
  }

  try {
    await app.listen({ host: config.http.host, port: config.http.port });
  } catch (error) {
    await close();
    throw error;
  }
  announce(config, app.listeningOrigin, log);
  process.send?.('ready');

  const stop = (reason: string): void => {
    log.info({ reason }, 'closing');
    void close().then(
      () => process.exit(0),
      (err) => {
        log.error({ err }, 'did not close cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('disconnect', () => stop('parent gone'));
}

function announce(config: Config, origin: string, log: Log): void {
  log.info({ address: origin, docs: `${origin}/docs` }, 'listening');
  if (config.production) return;
  const sandboxed = config.sandboxed.filter((name) => name === 'stripe' || name === 'blob');
  if (sandboxed.length > 0) log.info({ sandboxed }, 'no keys: the sandbox plays these');
  log.info(`${origin}/operator/queues opens with the password ${config.operatorPassword}`);
}

/** One line that says what to do. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const taken = 'code' in error && error.code === 'EADDRINUSE';
  return taken
    ? `Almanac cannot start: ${error.message}. Stop what uses it, or set PORT.`
    : error.message;
}

try {
  await start(loadConfig('api'));
} catch (error) {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exit(1);
}
