import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadConfig, type Role } from '../src/config.ts';

const COMPLETE = {
  NODE_ENV: 'production',
  DATABASE_URL: 'mongodb://127.0.0.1/almanac',
  REDIS_URL: 'redis://127.0.0.1:6379',
  PUBLIC_URL: 'https://almanac.example',
  TOKEN_SECRET: 't'.repeat(32),
  STRIPE_SECRET_KEY: 'sk_live_x',
  STRIPE_WEBHOOK_SECRET: 'whsec_x',
  SENDGRID_WEBHOOK_PUBLIC_KEY:
    'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEruel+GBCW4EfiQNZdFE5P6rh9uEXQg7wdcHfq/M8SuNkkgi2nVjUkwdqWwPlKoJcsSAf3yb0niLAEQauQiA4Pg==',
  BLOB_READ_WRITE_TOKEN: 'vercel_blob_rw_store_x',
  SENDGRID_API_KEY: 'SG.x',
  MAIL_FROM: 'reports@almanac.example',
  OPERATOR_EMAIL: 'ops@almanac.example',
};

test('unpaid orders are kept for 30 days and paid ones for ever, unless the environment says otherwise', () => {
  expect(loadConfig('api', {}).retention).toEqual({ unpaidDays: 30, endedDays: null });
  const set = { RETAIN_UNPAID_DAYS: '7', RETAIN_DAYS: '730' };
  expect(loadConfig('api', set).retention).toEqual({ unpaidDays: 7, endedDays: 730 });
});

test.each(['0', '-1', '1.5', 'never', '1e9'])(
  'a number of days that would erase too much or nothing (%s) is refused at start',
  (days) => {
    for (const name of ['RETAIN_UNPAID_DAYS', 'RETAIN_DAYS']) {
      expect(() => loadConfig('api', { [name]: days })).toThrow(
        `${name}: must be a whole number from 1 to 36500`,
      );
    }
  },
);

test('.env.example is a valid development environment', () => {
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
  const lines = [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)];
  const environment = Object.fromEntries(lines.map(([, name, value]) => [name, value]));
  expect(loadConfig('api', environment).sandboxed).toHaveLength(4);
});

test('production names every missing key of the role in one message', () => {
  const missing = (role: Role) => {
    try {
      loadConfig(role, { NODE_ENV: 'production' });
    } catch (error) {
      return [...String(error).matchAll(/([A-Z_]+): missing/g)].map((match) => match[1]);
    }
    return [];
  };
  expect(missing('api')).toEqual([
    'DATABASE_URL',
    'REDIS_URL',
    'PUBLIC_URL',
    'TOKEN_SECRET',
    'STRIPE_SECRET_KEY',
    'STRIPE_WEBHOOK_SECRET',
    'SENDGRID_WEBHOOK_PUBLIC_KEY',
    'BLOB_READ_WRITE_TOKEN',
    'SENDGRID_API_KEY',
    'MAIL_FROM',
    'OPERATOR_EMAIL',
  ]);
  expect(missing('worker')).toEqual([
    'DATABASE_URL',
    'REDIS_URL',
    'PUBLIC_URL',
    'TOKEN_SECRET',
    'OPENAI_API_KEY',
    'SENDGRID_API_KEY',
    'MAIL_FROM',
    'BLOB_READ_WRITE_TOKEN',
  ]);
  // it only settles orders: it asks no model and uploads nothing
  expect(missing('bundle')).toEqual([
    'DATABASE_URL',
    'REDIS_URL',
    'PUBLIC_URL',
    'TOKEN_SECRET',
    'SENDGRID_API_KEY',
    'MAIL_FROM',
  ]);
  // a command runs in any container, whatever keys that container has
  expect(missing('operator')).toEqual(['DATABASE_URL', 'REDIS_URL']);
});

test('an empty variable counts as missing', () => {
  expect(() => loadConfig('api', { ...COMPLETE, STRIPE_SECRET_KEY: '' })).toThrow(
    'STRIPE_SECRET_KEY: missing',
  );
});

test('production uses the real providers, and has no operator routes without a password', () => {
  const config = loadConfig('api', COMPLETE);
  expect(config.sandboxed).toEqual([]);
  expect(config.providers.stripe).toEqual({ key: 'sk_live_x', url: null });
  expect(config.operatorPassword).toBeNull();
  expect(config.metricsToken).toBeNull();
});

test('production refuses scaled waits, no grace, another model, and SQLite on a public host', () => {
  const refused = (change: NodeJS.ProcessEnv) => () =>
    loadConfig('api', { ...COMPLETE, ...change });
  expect(refused({ TIME_SCALE: '10' })).toThrow('TIME_SCALE: must be 1');
  expect(refused({ GRACE: 'off' })).toThrow('GRACE: must be on');
  expect(refused({ OPENAI_MODEL: 'gpt-4o-mini' })).toThrow('OPENAI_MODEL: not allowed');
  expect(refused({ DATABASE_URL: 'sqlite:./x.db', HOST: '0.0.0.0' })).toThrow(
    'SQLite works on one host',
  );
});

test('a malformed value is refused with its name and what is allowed', () => {
  expect(() => loadConfig('api', { DATABASE_URL: 'postgres://x' })).toThrow(
    'DATABASE_URL: must be mongodb://',
  );
  expect(() => loadConfig('api', { PORT: 'abc' })).toThrow(
    /^Almanac cannot start:\n {2}PORT: must be a whole number from 0 to 65535$/,
  );
  expect(() => loadConfig('api', { TOKEN_SECRET: 'short' })).toThrow('at least 32 characters');
  expect(() => loadConfig('worker', { ALIVE_URL: 'ftp://x' })).toThrow('ALIVE_URL');
  expect(() => loadConfig('api', { METRICS_TOKEN: 'm'.repeat(31) })).toThrow('METRICS_TOKEN: must');
  expect(() => loadConfig('api', { SENDGRID_WEBHOOK_PUBLIC_KEY: 'MFkw' })).toThrow('base64');
  expect(() => loadConfig('api', { CORS_ORIGINS: 'https://shop.example/path' })).toThrow('origins');
});

test('development uses the sandbox for each provider without a key, and for no other', () => {
  const config = loadConfig('worker', { OPENAI_API_KEY: 'sk-real' });
  expect(config.sandboxed).toEqual(['stripe', 'sendgrid', 'blob']);
  expect(config.providers.openai).toEqual({ key: 'sk-real', url: null });
  expect(config.providers.blob.url).toBe('http://127.0.0.1:4013');
});

test('models of one’s own server and prices are JSON; what is left out of the cache costs as much as input', () => {
  expect(loadConfig('worker', {}).models).toEqual({ likes: {}, prices: {} });
  const set = loadConfig('api', {
    MODEL_PROFILES: '{"llama-3.3":"gpt-4o"}',
    MODEL_PRICES:
      '{"llama-3.3":{"in":0.2,"out":0},"gpt-4o":{"in":3,"cached":1,"written":4,"out":12}}',
  });
  expect(set.models).toEqual({
    likes: { 'llama-3.3': 'gpt-4o' },
    prices: {
      'llama-3.3': { in: 0.2, cached: 0.2, written: 0.2, out: 0 },
      'gpt-4o': { in: 3, cached: 1, written: 4, out: 12 },
    },
  });
});

test.each([
  ['MODEL_PROFILES', 'llama=gpt-4o', 'MODEL_PROFILES: must be JSON: see .env.example'],
  ['MODEL_PROFILES', '["llama"]', 'MODEL_PROFILES'],
  ['MODEL_PROFILES', '{"llama":""}', 'MODEL_PROFILES.llama'],
  ['MODEL_PRICES', '{"llama":{"in":0.2}}', 'MODEL_PRICES.llama.out'],
  ['MODEL_PRICES', '{"llama":{"in":-1,"out":1}}', 'MODEL_PRICES.llama.in'],
  ['MODEL_PRICES', '{"llama":{"in":1,"out":1e9}}', 'MODEL_PRICES.llama.out'],
  ['MODEL_PRICES', '{"llama":{"in":1,"out":1,"input":1}}', 'MODEL_PRICES.llama'],
])('%s=%s is refused at start', (name, value, fault) => {
  expect(() => loadConfig('worker', { [name]: value })).toThrow(fault);
});

test('limits and caps are numbers, or null if they are not set', () => {
  const set = loadConfig('worker', { OPENAI_TOKENS_PER_MINUTE: '450000', CAP_DAY_USD: '12.5' });
  expect(set.callLimits).toEqual({
    requestsPerMinute: null,
    tokensPerMinute: 450_000,
    inFlight: null,
  });
  expect(set.caps).toEqual({ report: null, day: 12_500_000, month: null });
  expect(() => loadConfig('worker', { CAP_DAY_USD: '-1' })).toThrow('CAP_DAY_USD');
});

test('pages of localhost may call the API in development, and not in production', () => {
  expect(loadConfig('api', {}).http.corsLocalhost).toBe(true);
  expect(loadConfig('api', COMPLETE).http.corsLocalhost).toBe(false);
});
