/** The deploy files as data: what each process is given, and where it runs. */
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Role } from '../../src/config.ts';

const ROOT = new URL('../../', import.meta.url);

export function read(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

export function exists(path: string): boolean {
  return existsSync(new URL(path, ROOT));
}

export type Environment = Record<string, string>;
export interface Process {
  name: string;
  role: Role;
  dockerfile: string;
  /** its variables; those that a person would enter have a value */
  environment: Environment;
}

/** What a person would enter for each variable that they are asked for. */
const GIVEN: Environment = {
  DATABASE_URL: 'mongodb://mongo.example/almanac',
  REDIS_URL: 'redis://redis.example:6379',
  PUBLIC_URL: 'https://almanac.example',
  TOKEN_SECRET: 't'.repeat(44),
  OPERATOR_PASSWORD: 'a-password-for-operators',
  METRICS_TOKEN: 'm'.repeat(44),
  SENDGRID_WEBHOOK_PUBLIC_KEY: generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .publicKey.export({ format: 'der', type: 'spki' })
    .toString('base64'),
  SENDGRID_API_KEY: 'SG.given',
  OPERATOR_EMAIL: 'ops@almanac.example',
  RETAIN_DAYS: '730',
  ALIVE_URL: 'https://watch.example/ping',
  CORS_ORIGINS: 'https://shop.example',
  MODEL_PROFILES: '{"llama-3.3":"gpt-4o"}',
  MODEL_PRICES: '{"llama-3.3":{"in":0.2,"out":0.8}}',
};
const given = (name: string): string => GIVEN[name] ?? 'given';

const variable = z.union([
  z.strictObject({ fromGroup: z.string() }),
  z.strictObject({ key: z.string(), value: z.string() }),
  z.strictObject({ key: z.string(), sync: z.literal(false) }),
  z.strictObject({ key: z.string(), generateValue: z.literal(true) }),
  z.strictObject({
    key: z.string(),
    fromService: z.strictObject({
      type: z.enum(['keyvalue', 'web', 'worker']),
      name: z.string(),
      property: z.literal('connectionString').optional(),
      envVarKey: z.string().optional(),
    }),
  }),
]);
const region = z.literal('frankfurt');
const keyvalue = z.strictObject({
  type: z.literal('keyvalue'),
  name: z.string(),
  plan: z.string(),
  region,
  maxmemoryPolicy: z.string(),
  ipAllowList: z.array(z.unknown()),
});
const service = z.strictObject({
  type: z.enum(['web', 'worker']),
  name: z.string(),
  runtime: z.literal('docker'),
  dockerfilePath: z.string(),
  dockerCommand: z.string().optional(),
  plan: z.enum(['starter', 'standard']),
  region,
  numInstances: z.int().optional(),
  scaling: z
    .strictObject({
      minInstances: z.literal(1),
      maxInstances: z.int().min(2).max(100),
      targetCPUPercent: z.int().min(1).max(90),
    })
    .optional(),
  healthCheckPath: z.string().optional(),
  maxShutdownDelaySeconds: z.int().max(300),
  envVars: z.array(variable),
});
/** The part of Render's blueprint specification that this file uses. */
const blueprint = z.strictObject({
  previews: z.strictObject({ generation: z.enum(['off', 'manual', 'automatic']) }),
  envVarGroups: z.array(z.strictObject({ name: z.string(), envVars: z.array(variable) })),
  services: z.array(z.union([keyvalue, service])),
});
export type Blueprint = z.infer<typeof blueprint>;

export function readBlueprint(text = read('render.yaml')): Blueprint {
  return blueprint.parse(parse(text));
}

/** Every process in the blueprint, with its group's variables and its own. */
export function renderProcesses(plan: Blueprint): Process[] {
  const groups = new Map(plan.envVarGroups.map((group) => [group.name, group.envVars]));
  return plan.services.flatMap((each) => {
    if (each.type === 'keyvalue') return [];
    const all = each.envVars.flatMap((entry) =>
      'fromGroup' in entry ? (groups.get(entry.fromGroup) ?? []) : [entry],
    );
    const values = all.flatMap((entry) => {
      if (!('key' in entry)) return [];
      return [[entry.key, 'value' in entry ? entry.value : given(entry.key)]];
    });
    return [
      {
        name: each.name,
        role: roleOf(each.name.replace('almanac-', '')),
        dockerfile: each.dockerfilePath.replace('./', ''),
        environment: {
          ...imageEnvironment(each.dockerfilePath.replace('./', '')),
          ...Object.fromEntries(values),
        },
      },
    ];
  });
}

const composeService = z.looseObject({
  build: z.strictObject({ context: z.literal('..'), dockerfile: z.string() }).optional(),
  image: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  network_mode: z.string().optional(),
});
const composeSchema = z.looseObject({ services: z.record(z.string(), composeService) });
export type Compose = z.infer<typeof composeSchema>;

export function readCompose(file: string, text = read(`docker/${file}`)): Compose {
  // `!reset` is Compose's own tag: it removes what it marks from the file below
  const reset = { tag: '!reset', collection: 'seq' as const, resolve: () => null };
  return composeSchema.parse(parse(text, { merge: true, customTags: [reset] }));
}

/** Our own processes in a compose file, with a filled-in `.env`. */
export function composeProcesses({ services }: Compose): Process[] {
  return Object.entries(services).flatMap(([name, { build, environment }]) => {
    if (!build) return [];
    const filled = Object.entries(environment ?? {}).map(([key, value]) => [
      key,
      value.replace(/\$\{(\w+):-([^}]*)\}/g, (_all, asked, otherwise) => otherwise || given(asked)),
    ]);
    return [
      {
        name,
        role: roleOf(name),
        dockerfile: build.dockerfile,
        environment: { ...imageEnvironment(build.dockerfile), ...Object.fromEntries(filled) },
      },
    ];
  });
}

/** The variables that any of our processes is given. */
export function variablesOf(processes: readonly Process[]): string[] {
  return [...new Set(processes.flatMap(({ environment }) => Object.keys(environment)))];
}

/** The variables that `.env.example` names. */
export function exampleVariables(text = read('.env.example')): string[] {
  return [...text.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name ?? '');
}

function roleOf(name: string): Role {
  return name === 'api' || name === 'bundle' ? name : 'worker';
}

/** The variables that a Dockerfile sets. */
function imageEnvironment(dockerfile: string): Environment {
  const lines = read(dockerfile).match(/^ENV .*$/gm) ?? [];
  return Object.fromEntries(
    lines.flatMap((line) =>
      [...line.matchAll(/([A-Z_]+)=(\S+)/g)].map(([, key, value]) => [key, value]),
    ),
  );
}
