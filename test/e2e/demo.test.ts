import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, readlink, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../eventually.ts';

const CLI = new URL('../../cli/almanac.ts', import.meta.url).pathname;

let folder: string;
let demo: ChildProcess;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-demo-test-'));
});
afterEach(async () => {
  demo.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function startDemo(args: string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  demo = spawn(process.execPath, [CLI, 'demo', '--latency', '5', ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  return demo;
}

/** @returns its standard error and exit code */
async function ended(child: ChildProcess): Promise<{ said: string; code: unknown }> {
  if (!child.stderr) throw new Error('the demo has no standard error');
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { said, code };
}

async function printed(child: ChildProcess, text: string): Promise<void> {
  if (!child.stdout) throw new Error('the demo has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes(text)) return;
  }
  throw new Error(`the demo ended without saying "${text}"`);
}

test('the demo ends by itself, and leaves only the PDF and the summary in out/', async () => {
  const child = startDemo(['--product', 'life-clarity', '--name', 'Zoë', '--place', 'Köln']);
  child.stdout?.resume();
  expect(await once(child, 'exit')).toEqual([0, null]);
  const summary = JSON.parse(await readFile(join(folder, 'out/summary.json'), 'utf8'));
  expect(summary).toMatchObject({ emails: 1, reports: [{ sections: 4, answers: 9, calls: 4 }] });
  const { size } = await stat(join(folder, summary.reports[0].file));
  expect(size).toBe(summary.reports[0].bytes);
  expect(await readdir(join(folder, '.data'))).toEqual([]);
  expect(await processesIn(folder)).toEqual([]);
}, 60_000);

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s in mid-run leaves no process and no data behind',
  async (signal) => {
    const child = startDemo(['--product', 'personal-horoscope']);
    await printed(child, 'generating');
    expect(await processesIn(folder)).toHaveLength(8); // Redis and its guard, sandbox, API, four workers
    const exit = once(child, 'exit');
    child.kill(signal);
    expect(await exit).toEqual([130, null]);
    expect(await processesIn(folder)).toEqual([]);
    expect(await readdir(join(folder, '.data'))).toEqual([]);
  },
  60_000,
);

test('an interrupt during the start leaves no process and no data behind', async () => {
  const child = startDemo([]);
  await printed(child, 'starting');
  const exit = once(child, 'exit');
  child.kill('SIGINT');
  expect(await exit).toEqual([130, null]);
  expect(await processesIn(folder)).toEqual([]);
  expect(await readdir(join(folder, '.data'))).toEqual([]);
}, 60_000);

test('a demo that is killed takes its processes with it', async () => {
  const child = startDemo(['--product', 'personal-horoscope']);
  await printed(child, 'generating');
  child.kill('SIGKILL');
  await eventually(async () => expect(await processesIn(folder)).toEqual([]), 200);
}, 60_000);

test('an invalid order is refused in one line before anything is started', async () => {
  const refusals = [
    [['--product', 'tarot'], /unknown product/],
    [['--date', '1990-02-30'], /date/],
    [['--place', 'Nowhereville-upon-Nothing'], /--place: no place/],
    [['--latency', 'soon'], /--latency/],
  ] as const;
  for (const [args, message] of refusals) {
    const child = startDemo([...args]);
    const { said, code } = await ended(child);
    expect(code).toBe(2);
    expect(said).toMatch(message);
    expect(said.trim().split('\n')).toHaveLength(1);
    expect(await readdir(folder)).toEqual([]);
  }
}, 60_000);

test('without redis-server, a REDIS_URL that does not answer ends the demo with one line', async () => {
  const child = startDemo([], { PATH: '', REDIS_URL: 'redis://127.0.0.1:1' });
  const { said, code } = await ended(child);
  expect(code).toBeGreaterThan(0);
  expect(said).toContain('REDIS_URL: no Redis answers there');
  expect(await processesIn(folder)).toEqual([]);
}, 60_000);

/** @returns the processes that run in the folder, except the demo itself */
async function processesIn(cwd: string): Promise<string[]> {
  const links = await Promise.all(
    (await readdir('/proc'))
      .filter((pid) => /^\d+$/.test(pid) && pid !== String(demo.pid))
      .map(async (pid) => [pid, await readlink(`/proc/${pid}/cwd`).catch(() => '')] as const),
  );
  return links.filter(([, link]) => link.startsWith(cwd)).map(([pid]) => pid);
}
