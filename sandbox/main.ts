/** The sandbox as a process: configured by the environment, prints its URLs, ends on a signal. */
import { startSandbox } from './start.ts';

const USAGE = `Set SANDBOX_{OPENAI,STRIPE,SENDGRID,BLOB}_PORT (default 4010-4013; 0 takes a free one),
SANDBOX_HOST, SANDBOX_LATENCY_MS, SANDBOX_SEED, SANDBOX_WEBHOOK_URL, SANDBOX_WEBHOOK_SECRET,
SANDBOX_MAIL_WEBHOOK_URL,
SANDBOX_STRIPE_PUBLIC_URL, SANDBOX_DATA_DIR; or give them as arguments: --latency-ms=20`;

/** An argument `--webhook-url=...` sets SANDBOX_WEBHOOK_URL. */
function setting(name: string): string | undefined {
  const flag = `--${name.toLowerCase().replaceAll('_', '-')}=`;
  const argument = process.argv.find((given) => given.startsWith(flag));
  return argument?.slice(flag.length) ?? (process.env[`SANDBOX_${name}`] || undefined);
}

function number(name: string, otherwise: number): number {
  const value = Number(setting(name) ?? otherwise);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new Error(`SANDBOX_${name} must be a number, 0 or more.\n${USAGE}`);
}

try {
  const stripePublicUrl = setting('STRIPE_PUBLIC_URL');
  const sandbox = await startSandbox({
    host: setting('HOST'),
    ports: {
      openai: number('OPENAI_PORT', 4010),
      stripe: number('STRIPE_PORT', 4011),
      sendgrid: number('SENDGRID_PORT', 4012),
      blob: number('BLOB_PORT', 4013),
    },
    latencyMs: number('LATENCY_MS', 0),
    seed: number('SEED', 1),
    webhookUrl: setting('WEBHOOK_URL'),
    mailWebhookUrl: setting('MAIL_WEBHOOK_URL'),
    webhookSecret: setting('WEBHOOK_SECRET'),
    publicUrls: { stripe: stripePublicUrl },
    dataDir: setting('DATA_DIR'),
  });
  const end = (): void => {
    void sandbox.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  // the process that forked us is gone, and nobody else would end us
  process.once('disconnect', end);
  console.log(JSON.stringify({ urls: sandbox.urls }));
  process.send?.({ urls: sandbox.urls });
} catch (error) {
  console.error(`The sandbox cannot start: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
