/**
 * First step of every npm script: installs what a bare machine lacks, says what it does, then runs the
 * given file with Node 24. It is plain JavaScript for Node 20 and imports no packages, because neither
 * Node 24 nor any package may be there yet.
 *
 *   node scripts/setup.mjs [--needs redis,client,chromium] <file> [arguments...]
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NODE = join(ROOT, 'node_modules/node/bin/node');
const APT = ['-qq', '-o', 'Dpkg::Use-Pty=0'];
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome'];

const args = process.argv.slice(2);
const needs = args[0] === '--needs' ? (args.splice(0, 2)[1] ?? '').split(',') : [];

const started = Date.now();
installPackages('.', 'installing packages and Node 24 (npm ci) ...');
if (needs.includes('client'))
  installPackages('client', "installing the client's generator (npm ci) ...");
if (needs.includes('redis')) provideRedis();
if (needs.includes('chromium')) provideChromium();
const setupSeconds = ((Date.now() - started) / 1000).toFixed(1);

const child = spawn(NODE, args, {
  cwd: ROOT,
  stdio: 'inherit',
  env: {
    ...process.env,
    // so that vitest, biome and their children find Node 24 first
    PATH: [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter),
    ALMANAC_SETUP_SECONDS: setupSeconds,
  },
});
// Ctrl-C reaches the child from the terminal; this process only waits for it to clean up.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));

/** Runs `npm ci` in this folder unless its lock file was the last one installed. */
function installPackages(folder, words) {
  const at = join(ROOT, folder);
  const stamp = join(at, 'node_modules/.almanac-installed');
  const lock = createHash('sha256')
    .update(readFileSync(join(at, 'package-lock.json')))
    .digest('hex');
  if (existsSync(NODE) && existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  say(words);
  // NODE_ENV=production would leave out Node 24 and the test runner
  run(
    'npm',
    ['ci', '--include=dev', '--loglevel=error'],
    'npm ci failed: see its message above',
    {},
    at,
  );
  writeFileSync(stamp, lock);
}

/** Uses redis-server on PATH, or REDIS_URL; otherwise installs it from Debian's packages if possible. */
function provideRedis() {
  if (process.env.REDIS_URL || onPath('redis-server')) return;
  if (!mayInstall()) {
    fail(
      'redis-server is not on PATH: install it (Debian: apt-get install redis-server; macOS: brew install redis) or set REDIS_URL',
    );
  }
  say('installing redis-server (apt-get) ...');
  const hint = 'apt-get could not install redis-server: install it yourself or set REDIS_URL';
  run('apt-get', [...APT, 'update'], hint);
  // Almanac starts its own server, so the packaged one must not start too
  run('apt-get', [...APT, 'install', '-y', '--no-install-recommends', 'redis-server'], hint, {
    DEBIAN_FRONTEND: 'noninteractive',
    RUNLEVEL: '1',
  });
}

/** For the browser tests. Whoever has none, and cannot install one here, runs everything else. */
function provideChromium() {
  if (process.env.CHROMIUM || BROWSERS.some(onPath) || !mayInstall()) return;
  say('installing chromium (apt-get) ...');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const stdio = ['ignore', process.stderr, process.stderr];
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const { status } = spawnSync('apt-get', [...APT, ...args], { stdio, env });
    if (status !== 0) return say('apt-get could not install chromium: no browser tests');
  }
}

function mayInstall() {
  return existsSync('/etc/debian_version') && process.getuid?.() === 0;
}

function onPath(program) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) => existsSync(join(folder, program)));
}

function run(program, programArgs, hint, env = {}, cwd = ROOT) {
  const result = spawnSync(program, programArgs, {
    cwd,
    // keeps their output out of standard output, which belongs to the command
    stdio: ['ignore', process.stderr, process.stderr],
    env: { ...process.env, ...env },
  });
  if (result.status !== 0) fail(hint);
}

function say(line) {
  process.stderr.write(`setup: ${line}\n`);
}

function fail(line) {
  process.stderr.write(`setup: ${line}\n`);
  process.exit(1);
}
