import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { environmentSchema, loadConfig } from '../../src/config.ts';
import { QUEUES } from '../../src/domain/product.ts';
import {
  composeProcesses,
  exampleVariables,
  exists,
  type Process,
  read,
  readBlueprint,
  readCompose,
  renderProcesses,
  variablesOf,
} from './read-deploy.ts';

/** Variables that these files leave out: for development and tests, and for a model server of one's own. */
const DEVELOPMENT_ONLY = [
  'OPENAI_BASE_URL',
  'OPENAI_MODEL',
  'STRIPE_API_URL',
  'SENDGRID_API_URL',
  'VERCEL_BLOB_API_URL',
  'TIME_SCALE',
  'GRACE',
];
const known = Object.keys(environmentSchema.shape);
const deployments: [name: string, processes: Process[]][] = [
  ['render.yaml', renderProcesses(readBlueprint())],
  ['docker/compose.yaml', composeProcesses(readCompose('compose.yaml'))],
];

/** Each file that names variables, and those of the schema that it may leave out. */
const namers: [file: string, names: (text: string) => string[], free: string[]][] = [
  ['render.yaml', (text) => variablesOf(renderProcesses(readBlueprint(text))), DEVELOPMENT_ONLY],
  [
    'docker/compose.yaml',
    (text) => variablesOf(composeProcesses(readCompose('compose.yaml', text))),
    DEVELOPMENT_ONLY,
  ],
  ['.env.example', exampleVariables, []],
];

/** The schema's variables that a file lacks, and those that only the file has. */
function compare(schema: readonly string[], named: readonly string[], free: readonly string[]) {
  return {
    lacks: schema.filter((name) => !named.includes(name) && !free.includes(name)),
    besides: named.filter((name) => !schema.includes(name) || free.includes(name)),
  };
}
const SAME = { lacks: [], besides: [] };

test.each(namers)('%s names every variable of the schema, and no other', (file, names, free) => {
  expect(compare(known, names(read(file)), free)).toEqual(SAME);
});

test.each(namers)(
  'a variable that only the schema or only %s has is found',
  (file, names, free) => {
    const grown = [...known, 'NEW_IN_THE_SCHEMA'];
    expect(compare(grown, names(read(file)), free).lacks).toEqual(['NEW_IN_THE_SCHEMA']);
    // a copy of the file with one variable renamed
    const doctored = read(file).replaceAll(/\bTRUST_PROXY(?=[:=,])/g, 'TRUST_PROXIES');
    expect(compare(known, names(doctored), free)).toEqual({
      lacks: ['TRUST_PROXY'],
      besides: ['TRUST_PROXIES'],
    });
  },
);

test('the development-only variables are in the schema', () => {
  expect(known).toEqual(expect.arrayContaining(DEVELOPMENT_ONLY));
});

test.each(deployments)(
  '%s starts each process in production, with the keys of its role',
  (_name, processes) => {
    expect(processes.map(({ role }) => role)).toEqual([
      'api',
      'worker',
      'worker',
      'worker',
      'bundle',
    ]);
    for (const { role, environment } of processes) {
      const config = loadConfig(role, environment);
      expect(config.production).toBe(true);
      expect(config.sandboxed).toEqual([]);
    }
  },
);

test.each(deployments)('%s gives nobody a key that it does not use', (_name, processes) => {
  for (const { role, environment } of processes) {
    const names = Object.keys(environment).join(' ');
    if (role === 'api') expect(names).not.toMatch(/OPENAI|ALIVE/);
    if (role === 'bundle') expect(names).not.toMatch(/OPENAI|CAP_|BLOB/);
    if (role !== 'api')
      expect(names).not.toMatch(/STRIPE|OPERATOR_PASSWORD|METRICS|WEBHOOK|CORS|RETAIN/);
  }
});

test('the blueprint refers only to services, groups and variables that it has', () => {
  const { services, envVarGroups } = readBlueprint();
  for (const each of services) {
    if (each.type === 'keyvalue') continue;
    for (const entry of each.envVars) {
      if ('fromGroup' in entry) {
        expect(envVarGroups.map(({ name }) => name)).toContain(entry.fromGroup);
      } else if ('fromService' in entry) {
        const { type, name, envVarKey } = entry.fromService;
        const from = services.find((other) => other.type === type && other.name === name);
        expect(from, name).toBeDefined();
        if (envVarKey === undefined || from === undefined || from.type === 'keyvalue') continue;
        expect(from.envVars).toContainEqual({ key: envVarKey, sync: false });
      }
    }
  }
});

test('no group has a value that a person must enter: Render asks only for those of services', () => {
  const entries = readBlueprint().envVarGroups.flatMap(({ envVars }) => envVars);
  expect(entries.filter((entry) => 'sync' in entry)).toEqual([]);
});

test('Redis drops no job and is not public, and the horoscope worker has 2 GB', () => {
  const { services } = readBlueprint();
  const redis = services.find((each) => each.type === 'keyvalue');
  expect(redis).toMatchObject({ maxmemoryPolicy: 'noeviction', ipAllowList: [] });
  const plans = services.flatMap((each) =>
    each.type === 'worker' ? [[each.dockerCommand?.split(' ').at(-1), each.plan]] : [],
  );
  expect(Object.fromEntries(plans)).toEqual({
    'life-clarity': 'starter',
    blueprint: 'starter',
    'personal-horoscope': 'standard',
    bundle: 'starter',
  });
  expect(readCompose('compose.yaml').services.redis?.command?.join(' ')).toMatch(
    /--appendonly yes --maxmemory-policy noeviction/,
  );
});

test('the sandbox file covers every process of ours, and plays all four providers', () => {
  const below = readCompose('compose.yaml');
  const above = readCompose('compose.sandbox.yaml');
  for (const { name, role, environment } of composeProcesses(below)) {
    const service = above.services[name];
    expect(service?.network_mode).toBe('service:sandbox');
    // without an .env nothing is filled in
    const unset = Object.fromEntries(
      Object.entries({ ...below.services[name]?.environment, ...service?.environment }).map(
        ([key, value]) => [key, value.replace(/\$\{\w+:-([^}]*)\}/g, '$1')],
      ),
    );
    const config = loadConfig(role, { HOST: environment.HOST, ...unset });
    expect(config.sandboxed).toHaveLength(4);
    expect(config.providers.stripe.url).toBe('http://127.0.0.1:4011');
  }
});

test('workers of short reports scale automatically, and the others by hand', () => {
  const scaled = readBlueprint().services.flatMap((each) =>
    'scaling' in each ? [{ name: each.name, fixed: each.numInstances }] : [],
  );
  // given both, Render would use the wrong one
  expect(scaled).toEqual([
    { name: 'almanac-life-clarity', fixed: undefined },
    { name: 'almanac-blueprint', fixed: undefined },
  ]);
});

const dockerfiles = ['Dockerfile.api', 'Dockerfile.worker', 'docker/Dockerfile.sandbox'];

test.each(dockerfiles)(
  '%s copies only paths that exist and that .dockerignore lets through',
  (dockerfile) => {
    const allowed = read('.dockerignore').match(/(?<=^!).*/gm) ?? [];
    const copied = [...read(dockerfile).matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(
      ([, sources]) => sources?.split(' ') ?? [],
    );
    expect(copied.length).toBeGreaterThan(3);
    for (const path of copied) {
      expect(exists(path), path).toBe(true);
      const through = allowed.some((entry) => path === entry || path.startsWith(`${entry}/`));
      expect(through, path).toBe(true);
    }
  },
);

test('the images of API and workers have production packages only, and run as an ordinary user', () => {
  for (const dockerfile of dockerfiles.slice(0, 2)) {
    const text = read(dockerfile);
    expect(text).toContain('npm ci --omit=dev --omit=optional --ignore-scripts');
    expect(text).toMatch(/^USER node$/m);
    expect(text).not.toMatch(/COPY.*(sandbox|test|node_modules\/node)\b/);
    expect(text.match(/^FROM .*/gm)).toEqual([
      'FROM node:24-slim AS packages',
      'FROM node:24-slim',
    ]);
    expect(text).toMatch(/^HEALTHCHECK/m);
  }
});

test('the worker image knows every queue', () => {
  const script = read('docker/worker.sh');
  for (const queue of QUEUES) expect(script).toMatch(new RegExp(`[ (|]${queue} [|)]|${queue}\\)`));
});

test('each worker file that is started by name exists', () => {
  const entries = readdirSync(new URL('../../workers/', import.meta.url));
  for (const queue of QUEUES) expect(entries).toContain(`${queue}.ts`);
});
