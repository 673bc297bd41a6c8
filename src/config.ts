/** The environment's schema. The only reader of process.env; validated before anything connects. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { isPublicKey, PUBLIC_KEY } from './config-keys.ts';
import { modelPrices, modelProfiles } from './config-models.ts';
import type { Retention } from './domain/erasure.ts';
import { AlmanacError } from './domain/errors.ts';
import type { Caps } from './domain/spend.ts';

/** Which process asks. `worker` writes reports, `bundle` settles orders, `operator` is a command in any container. */
export type Role = 'api' | 'worker' | 'bundle' | 'operator';

const secret = z.string().min(1);
const whole = (least: number, most: number) => {
  const message = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number(message).int(message).min(least, message).max(most, message);
};
const limit = whole(1, 1e9).optional();
const days = whole(1, 36_500);
const DOLLARS = 'must be an amount of dollars above 0, for example 60';
const dollars = z.coerce.number(DOLLARS).positive(DOLLARS).max(1_000_000, DOLLARS).optional();

const ORIGIN = 'must be origins like https://shop.example, separated by commas and without a path';
const splitList = (text: string): string[] => text.split(',').map((part) => part.trim());

/** Every variable, with its meaning: `.env.example` is tested against this. */
export const environmentSchema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: whole(0, 65_535).default(3000),
  /** where customers reach the API: links in e-mails begin with it */
  PUBLIC_URL: z.url().default('http://127.0.0.1:3000'),
  DATABASE_URL: z
    .string()
    .regex(
      /^(mongodb(\+srv)?:\/\/|sqlite:)/,
      'must be mongodb://…, mongodb+srv://… or sqlite:./.data/almanac.db',
    )
    .default('sqlite:./.data/almanac.db'),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must be redis://host:port or rediss://host:port')
    .default('redis://127.0.0.1:6379'),
  /** scratch folder for PDFs between rendering and upload */
  WORK_DIR: z.string().default('./.data/work'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** signs access and link tokens: at least 32 characters */
  TOKEN_SECRET: secret.min(32, 'must have at least 32 characters').optional(),
  /** proxies in front of the API, each adding to X-Forwarded-For; if wrong, limits hit the wrong address */
  TRUST_PROXY: whole(0, 10).default(0),
  /** sites whose pages may call the API from a browser, separated by commas. Outside production those of localhost may too */
  CORS_ORIGINS: z
    .string()
    .transform(splitList)
    .pipe(z.array(z.url().refine((url) => new URL(url).origin === url, ORIGIN)))
    .default([]),
  /** opens /operator: at least 12 characters */
  OPERATOR_PASSWORD: secret.min(12, 'must have at least 12 characters').optional(),
  /** opens /metrics when sent as a Bearer token: at least 32 characters */
  METRICS_TOKEN: secret.min(32, 'must have at least 32 characters').optional(),
  /** days until orders are erased by themselves: never paid ones since they were placed, paid ones since they ended */
  RETAIN_UNPAID_DAYS: days.default(30),
  /** not set: paid orders are kept */
  RETAIN_DAYS: days.optional(),
  OPENAI_API_KEY: secret.optional(),
  OPENAI_BASE_URL: z.url().optional(),
  /** overrides the products' model; refused in production */
  OPENAI_MODEL: z.string().optional(),
  /** models of a server of one's own, each with the family whose parameters it takes: {"llama-3.3":"gpt-4o"} */
  MODEL_PROFILES: modelProfiles.default({}),
  /** dollars per million tokens, where the library has none or another: {"llama-3.3":{"in":0.2,"out":0.8}} */
  MODEL_PRICES: modelPrices.default({}),
  /** the account's limits, shared by all workers; not set: we set no limit */
  OPENAI_REQUESTS_PER_MINUTE: limit,
  OPENAI_TOKENS_PER_MINUTE: limit,
  OPENAI_CALLS_IN_FLIGHT: limit,
  /** dollars for model calls, days and months in UTC; not set: no cap */
  CAP_REPORT_USD: dollars,
  CAP_DAY_USD: dollars,
  CAP_MONTH_USD: dollars,
  STRIPE_SECRET_KEY: secret.optional(),
  STRIPE_WEBHOOK_SECRET: secret.optional(),
  STRIPE_API_URL: z.url().optional(),
  SENDGRID_API_KEY: secret.optional(),
  SENDGRID_API_URL: z.url().optional(),
  /** checks that delivery events come from SendGrid; base64, from its Event Webhook settings */
  SENDGRID_WEBHOOK_PUBLIC_KEY: secret.refine(isPublicKey, PUBLIC_KEY).optional(),
  MAIL_FROM: z.string().default('Almanac <reports@almanac.example>'),
  /** where customers' replies go; MAIL_FROM's address if not set */
  MAIL_REPLY_TO: z.string().optional(),
  /** fetched after every sweep, so that an outside watch misses it when all is dead */
  ALIVE_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** who gets alerts; if not set, they are only in the log */
  OPERATOR_EMAIL: z.email().optional(),
  BLOB_READ_WRITE_TOKEN: secret.optional(),
  VERCEL_BLOB_API_URL: z.url().optional(),
  /** off: paid orders begin at once; for tests and benches, refused in production */
  GRACE: z.enum(['on', 'off']).default('on'),
  /** divides every wait, for tests; production refuses any value but 1 */
  TIME_SCALE: z.coerce.number().min(1).max(10_000).default(1),
});
type Environment = z.infer<typeof environmentSchema>;

const OF_ALL = ['DATABASE_URL', 'REDIS_URL', 'PUBLIC_URL', 'TOKEN_SECRET'] as const;
const OF_LETTERS = ['SENDGRID_API_KEY', 'MAIL_FROM'] as const;
/** What each role cannot run without in production. */
const REQUIRED: Record<Role, (keyof Environment)[]> = {
  api: [
    ...OF_ALL,
    'STRIPE_SECRET_KEY',
    'STRIPE_WEBHOOK_SECRET',
    'SENDGRID_WEBHOOK_PUBLIC_KEY',
    'BLOB_READ_WRITE_TOKEN',
    // alerts that no worker takes
    ...OF_LETTERS,
    'OPERATOR_EMAIL',
  ],
  worker: [...OF_ALL, 'OPENAI_API_KEY', ...OF_LETTERS, 'BLOB_READ_WRITE_TOKEN'],
  bundle: [...OF_ALL, ...OF_LETTERS],
  operator: ['DATABASE_URL', 'REDIS_URL'],
};

/** Where `npm run dev` starts the sandbox; used for each provider without a key. */
export const SANDBOX_PORTS = { openai: 4010, stripe: 4011, sendgrid: 4012, blob: 4013 } as const;
export type Provider = keyof typeof SANDBOX_PORTS;

export interface ProviderAccess {
  key: string;
  /** null: the provider's own address */
  url: string | null;
}

interface CorsConfig {
  corsOrigins: string[];
  /** not in production */
  corsLocalhost: boolean;
}

export interface Config {
  production: boolean;
  http: { host: string; port: number; trustedProxies: number } & CorsConfig;
  publicUrl: string;
  databaseUrl: string;
  redisUrl: string;
  workDir: string;
  logLevel: Environment['LOG_LEVEL'];
  tokenSecret: string;
  /** null: operator routes are off */
  operatorPassword: string | null;
  /** null: only operators read the metrics */
  metricsToken: string | null;
  modelOverride: string | null;
  /** what is added to the tables of models and prices */
  models: {
    likes: Environment['MODEL_PROFILES'];
    prices: Environment['MODEL_PRICES'];
  };
  /** of all workers together; null: no limit */
  callLimits: Record<'requestsPerMinute' | 'tokensPerMinute' | 'inFlight', number | null>;
  caps: Caps;
  retention: Retention;
  mailFrom: string;
  replyTo: string;
  /** null: alerts are only in the log */
  operatorEmail: string | null;
  /** null: no outside watch is told */
  aliveUrl: string | null;
  sendgridWebhookKey: string;
  stripeWebhookSecret: string;
  providers: Record<Provider, ProviderAccess>;
  /** providers that the sandbox stands in for */
  sandboxed: Provider[];
  timeScale: number;
  grace: boolean;
}

/** @throws AlmanacError `config` with one message that lists everything wrong */
export function loadConfig(role: Role, environment: NodeJS.ProcessEnv = process.env): Config {
  // an empty variable counts as not set: compose and Render write empty ones
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw configError([...new Set(faults)]);
  }
  const env = parsed.data;
  const production = env.NODE_ENV === 'production';
  if (production) {
    const faults = productionFaults(role, env, given);
    if (faults.length > 0) throw configError(faults);
  }

  const provider = production ? realProvider : sandboxedProvider;
  const access = {
    openai: provider('openai', env.OPENAI_API_KEY, env.OPENAI_BASE_URL, '/v1'),
    stripe: provider('stripe', env.STRIPE_SECRET_KEY, env.STRIPE_API_URL),
    sendgrid: provider('sendgrid', env.SENDGRID_API_KEY, env.SENDGRID_API_URL),
    blob: provider('blob', env.BLOB_READ_WRITE_TOKEN, env.VERCEL_BLOB_API_URL),
  };
  return Object.freeze({
    production,
    http: {
      host: env.HOST,
      port: env.PORT,
      trustedProxies: env.TRUST_PROXY,
      corsOrigins: env.CORS_ORIGINS,
      corsLocalhost: !production,
    },
    publicUrl: env.PUBLIC_URL.replace(/\/$/, ''),
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    workDir: env.WORK_DIR,
    logLevel: env.LOG_LEVEL,
    tokenSecret: env.TOKEN_SECRET ?? DEVELOPMENT_TOKEN_SECRET,
    operatorPassword: env.OPERATOR_PASSWORD ?? (production ? null : generatedPassword()),
    metricsToken: env.METRICS_TOKEN ?? null,
    modelOverride: env.OPENAI_MODEL ?? null,
    models: { likes: env.MODEL_PROFILES, prices: env.MODEL_PRICES },
    callLimits: {
      requestsPerMinute: env.OPENAI_REQUESTS_PER_MINUTE ?? null,
      tokensPerMinute: env.OPENAI_TOKENS_PER_MINUTE ?? null,
      inFlight: env.OPENAI_CALLS_IN_FLIGHT ?? null,
    },
    caps: {
      report: microsOf(env.CAP_REPORT_USD),
      day: microsOf(env.CAP_DAY_USD),
      month: microsOf(env.CAP_MONTH_USD),
    },
    retention: { unpaidDays: env.RETAIN_UNPAID_DAYS, endedDays: env.RETAIN_DAYS ?? null },
    mailFrom: env.MAIL_FROM,
    replyTo: env.MAIL_REPLY_TO ?? env.MAIL_FROM,
    operatorEmail: env.OPERATOR_EMAIL ?? null,
    aliveUrl: env.ALIVE_URL ?? null,
    sendgridWebhookKey: env.SENDGRID_WEBHOOK_PUBLIC_KEY ?? SANDBOX_KEYS.sendgridWebhook,
    stripeWebhookSecret: env.STRIPE_WEBHOOK_SECRET ?? SANDBOX_KEYS.stripeWebhook,
    providers: access,
    sandboxed: (Object.keys(access) as Provider[]).filter((name) => isSandboxKey(access[name].key)),
    timeScale: env.TIME_SCALE,
    grace: env.GRACE === 'on',
  });
}

function productionFaults(role: Role, env: Environment, given: NodeJS.ProcessEnv): string[] {
  const faults = REQUIRED[role]
    .filter((name) => given[name] === undefined)
    .map((name) => `${name}: missing`);
  if (env.TIME_SCALE !== 1) faults.push('TIME_SCALE: must be 1 in production');
  if (env.GRACE === 'off') faults.push('GRACE: must be on in production');
  if (env.OPENAI_MODEL !== undefined) {
    faults.push('OPENAI_MODEL: not allowed in production; the product definition pins the model');
  }
  if (env.DATABASE_URL.startsWith('sqlite:') && env.HOST !== '127.0.0.1') {
    faults.push('DATABASE_URL: SQLite works on one host only; for several, use mongodb://…');
  }
  return faults;
}

// The stand-ins accept these, and only these, in place of real keys.
const SANDBOX_KEYS = {
  openai: 'sk-sandbox',
  stripe: 'sk_test_sandbox',
  stripeWebhook: 'whsec_sandbox',
  sendgrid: 'SG.sandbox',
  sendgridWebhook:
    'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEruel+GBCW4EfiQNZdFE5P6rh9uEXQg7wdcHfq/M8SuNkkgi2nVjUkwdqWwPlKoJcsSAf3yb0niLAEQauQiA4Pg==',
  blob: 'vercel_blob_rw_sandbox_key',
} as const;
const DEVELOPMENT_TOKEN_SECRET = 'development-only-secret-0123456789abcdef';

function isSandboxKey(key: string): boolean {
  return (Object.values(SANDBOX_KEYS) as string[]).includes(key);
}

type Access = (name: Provider, key?: string, url?: string, path?: string) => ProviderAccess;

// A process must have only the keys of its role, and never calls another role's providers. The key is
// not empty, because an SDK must be created even if it is never used.
const realProvider: Access = (_name, key = 'none-for-this-role', url) => ({
  key,
  url: url ?? null,
});

const sandboxedProvider: Access = (name, key, url, path = '') => {
  if (key !== undefined) return { key, url: url ?? null };
  return { key: SANDBOX_KEYS[name], url: url ?? `http://127.0.0.1:${SANDBOX_PORTS[name]}${path}` };
};

function generatedPassword(): string {
  return randomBytes(12).toString('base64url');
}

function microsOf(amount: number | undefined): number | null {
  return amount === undefined ? null : Math.round(amount * 1e6);
}

function configError(faults: string[]): AlmanacError {
  return new AlmanacError('config', `Almanac cannot start:\n  ${faults.join('\n  ')}`);
}
