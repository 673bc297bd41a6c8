/** A clean folder as in the images: production packages only, and the source that they copy. */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { read } from './read-deploy.ts';

const NOTE_LOADED = new URL('note-loaded.ts', import.meta.url).href;

export interface Installation {
  folder: string;
  remove(): void;
}

/** Follows Dockerfile.api or Dockerfile.worker, and removes what the Dockerfile removes. */
export function install(dockerfile: string, from?: Installation): Installation {
  const folder = mkdtempSync(join(tmpdir(), 'almanac-deploy-'));
  const text = read(dockerfile);
  const copied = [...text.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(
    ([, paths]) => paths?.split(' ') ?? [],
  );
  for (const path of new Set(copied)) {
    cpSync(new URL(`../../${path}`, import.meta.url), join(folder, path), { recursive: true });
  }
  if (from)
    cpSync(join(from.folder, 'node_modules'), join(folder, 'node_modules'), { recursive: true });
  else run('npm', [...installOf(text), '--loglevel=error'], folder);
  for (const path of text.match(/node_modules\/[@\w/-]+(?=[\s\\])/g) ?? []) {
    if (text.includes('rm -rf')) rmSync(join(folder, path), { recursive: true, force: true });
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The Dockerfile's own arguments to `npm`. */
function installOf(dockerfile: string): string[] {
  const words = /npm (ci(?: --[\w=-]+)*)/.exec(dockerfile)?.[1] ?? '';
  return words.split(' ');
}

/** Megabytes on disk. */
export function sizeOf({ folder }: Installation, path: string): number {
  const kilobytes = spawnSync('du', ['-sk', join(folder, path)], { encoding: 'utf8' }).stdout;
  return Math.round(Number.parseInt(kilobytes, 10) / 1_024);
}

function run(program: string, args: string[], cwd: string): void {
  const { status, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
}

export interface Started {
  secondsToReady: number;
  /** resident, MB */
  memory(): number;
  output(): string;
  /** names of the packages that it loaded; call it after `stop` */
  loaded(): string[];
  /** @returns the exit code */
  stop(): Promise<number | null>;
}

/** Starts an entry with the given variables only, and nothing of this machine's environment. */
export async function start(
  { folder }: Installation,
  entry: string,
  environment: NodeJS.ProcessEnv,
): Promise<Started> {
  const loadedFile = join(folder, 'loaded.txt');
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', NOTE_LOADED, entry], {
    cwd: folder,
    env: { NODE_ENV: 'production', LOADED_FILE: loadedFile, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let text = '';
  const keep = (chunk: Buffer) => {
    text += chunk.toString('utf8');
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = new Promise<void>((resolve) => child.once('message', () => resolve()));
  await Promise.race([
    ready,
    ended.then((code) => {
      throw new Error(`${entry} ended with ${code} before it was ready:\n${text}`);
    }),
  ]);
  return {
    secondsToReady: (performance.now() - began) / 1_000,
    memory() {
      const rss = /VmRSS:\s+(\d+)/.exec(
        spawnSync('cat', [`/proc/${child.pid}/status`]).stdout.toString(),
      );
      return Math.round(Number(rss?.[1] ?? 0) / 1_024);
    },
    output: () => text,
    loaded: () => readFileSync(loadedFile, 'utf8').split('\n').toSorted(),
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
