/**
 * The horoscope's lanes: how much faster twelve are than one, and how near both come to a replay on paper. Then a
 * report of twelve lanes whose process is killed again and again, and three processes under shared limits.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PRODUCTION_TIMINGS } from '../src/domain/patience.ts';
import type { Store } from '../src/domain/ports/store.ts';
import type { AskStep } from '../src/domain/ports/work.ts';
import { criticalPath } from '../src/domain/step-graph.ts';
import { createLlm } from '../src/llm/create-llm.ts';
import { createRunSteps } from '../src/pipeline/run-steps.ts';
import { openStore } from '../src/store/open-store.ts';
import { createLog } from '../src/telemetry/log.ts';
import { startRedis } from '../test/queue/redis-server.ts';
import { sampleOrder } from '../test/workers/sample.ts';
import { paperMs } from './lanes/paper.ts';
import { definitionAt, FIRSTS, plan, reportOf } from './lanes/plan.ts';
import { logNormalTimes } from './log-normal.ts';

const WIDTHS = [12, 1];
const STEPS = plan.steps.length;
/** `scale`: how many times shorter than they say the calls are, so that a run takes minutes. */
const LATENCIES = [
  { meanMs: 50, scale: 1, spread: false },
  { meanMs: 1_000, scale: 1, spread: false },
  { meanMs: 20_000, scale: 40, spread: true },
];
const KILLS = 6;
const LIMITS = { requestsPerMinute: 300, tokensPerMinute: 3_300_000, inFlight: 8 };
/** What the stand-in says that a call used. */
const TOKENS = 12_000;
const NONE = { requestsPerMinute: null, tokensPerMinute: null, inFlight: null };

/** A call as the model saw it; milliseconds since 1970, and how long it took. */
interface Seen {
  first: string;
  from: number;
  until: number;
  ms: number;
}

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-bench-'));
  const model = fork(new URL('./stand-in-model.ts', import.meta.url));
  const [baseUrl] = await once(model, 'message');
  let seen: Seen[] = [];
  model.on('message', (message: { at: number | null } & Seen) => {
    if (message.at === null) seen.push(message);
  });
  const databaseUrl = `sqlite:${join(folder, 'bench.db')}`;
  const store = await openStore(databaseUrl);
  console.log(`${STEPS} steps, critical path ${criticalPath(plan.steps)}`);

  async function place(name: string): Promise<string> {
    await store.orders.insert(sampleOrder(`ord_${name}`));
    const report = reportOf(`ord_${name}`);
    await store.reports.upsert([report]);
    return report.id;
  }
  function take(times: readonly number[]): void {
    seen = [];
    model.send(FIRSTS.map((first, index) => [first, times[index] ?? 0]));
  }
  /** The model's last word on a call comes after its answer. */
  async function allSeen(calls: number): Promise<void> {
    while (seen.length < calls) await once(model, 'message');
  }
  const worker = (change: object): ChildProcess => {
    const wish = { databaseUrl, baseUrl, width: 12, redisUrl: null, limits: NONE, ...change };
    return fork(new URL('./lanes/worker.ts', import.meta.url), [JSON.stringify(wish)]);
  };

  try {
    await runOnce(store, baseUrl, await place('warm'), 12);
    const rows: object[] = [];
    for (const { meanMs, scale, spread } of LATENCIES) {
      const mean = meanMs / scale;
      const times = spread ? logNormalTimes(STEPS, mean) : FIRSTS.map(() => mean);
      const walls = new Map<number, number>();
      for (const width of WIDTHS) {
        take(times);
        const wallMs = await runOnce(store, baseUrl, await place(`w${width}-${meanMs}`), width);
        await allSeen(STEPS);
        const msOf = new Map(seen.map(({ first, ms }) => [FIRSTS.indexOf(first) + 1, ms]));
        const paper = paperMs(plan.steps, width, msOf);
        walls.set(width, wallMs);
        const row = {
          latencyMs: meanMs,
          width,
          wallSeconds: Number((wallMs / 1_000).toFixed(2)),
          paperSeconds: Number((paper / 1_000).toFixed(2)),
          ratio: Number((wallMs / paper).toFixed(3)),
        };
        rows.push(row);
        console.log(JSON.stringify(row));
      }
      const faster = (walls.get(1) ?? 0) / (walls.get(12) ?? 1);
      console.log(
        `${meanMs} ms a call: twelve lanes are ${faster.toFixed(2)} times as fast as one`,
      );
    }
    take(FIRSTS.map(() => 300));
    await killed();
    take(FIRSTS.map(() => 1_000));
    await limited();
    console.log(JSON.stringify({ bench: 'lanes', rows }));
  } finally {
    await store.close();
    model.disconnect();
    await rm(folder, { recursive: true, force: true });
  }

  async function killed(): Promise<void> {
    const reportId = await place('killed');
    const begunAfterTheirSection: string[] = [];
    for (let kill = 0; kill <= KILLS; kill += 1) {
      const report = await store.reports.find(reportId);
      const standing = new Set(report ? await store.sections.steps(report) : []);
      const before = seen.length;
      const child = worker({ reportIds: [reportId] });
      let sections = 0;
      child.on('message', () => {
        sections += 1;
        if (kill < KILLS && sections === 17 + kill) child.kill('SIGKILL');
      });
      await once(child, 'exit');
      const asked = seen.slice(before).map(({ first }) => FIRSTS.indexOf(first) + 1);
      for (const step of asked) if (standing.has(step)) begunAfterTheirSection.push(String(step));
    }
    const report = await store.reports.find(reportId);
    const steps = report ? await store.sections.steps(report) : [];
    console.log(
      `killed ${KILLS} times: ${steps.length} sections, ${begunAfterTheirSection.length} steps repeated, ${seen.length - steps.length} calls that a kill cut off and that were asked again`,
    );
  }

  async function limited(): Promise<void> {
    const redis = await startRedis();
    try {
      const names = ['limit1', 'limit2', 'limit3'];
      const ids = await Promise.all(names.map(place));
      const shared = { redisUrl: redis.url, limits: LIMITS };
      const children = ids.map((id) => worker({ reportIds: [id], ...shared }));
      const codes = await Promise.all(
        children.map(async (child) => (await once(child, 'exit'))[0]),
      );
      if (codes.some((code) => code !== 0)) throw new Error(`a worker ended with ${codes}`);
      await allSeen(names.length * STEPS);
      const most = mostInAnyMinute(seen.map(({ from }) => from));
      console.log(
        `three processes of twelve lanes under shared limits: at most ${most} requests (of ${LIMITS.requestsPerMinute}) and ${most * TOKENS} tokens (of ${LIMITS.tokensPerMinute}) in any minute, ${mostAtOnce(seen)} in flight (of ${LIMITS.inFlight})`,
      );
    } finally {
      await redis.close();
    }
  }
}

/** @returns milliseconds from the first call to the last section */
async function runOnce(
  store: Store,
  baseUrl: string,
  reportId: string,
  width: number,
): Promise<number> {
  const log = createLog({ level: 'silent', pretty: false, process: 'bench' });
  const base = { store, timings: PRODUCTION_TIMINGS, log };
  const llm = createLlm({ ...base, apiKey: 'sk-bench', baseUrl, modelOverride: null });
  let begun: number | null = null;
  let ended = 0;
  const askStep: AskStep = (step, context) => {
    begun ??= performance.now();
    return llm.askStep(step, context);
  };
  const wake = () => {
    ended = performance.now();
  };
  const report = await store.reports.claim(reportId, new Date());
  if (!report) throw new Error('the report was not claimed');
  const { signal } = new AbortController();
  const runSteps = createRunSteps({ ...base, askStep, signals: { wake } });
  await runSteps({ report, definition: definitionAt(width), plan, signal });
  return ended - (begun ?? ended);
}

function mostInAnyMinute(arrivals: readonly number[]): number {
  const sorted = arrivals.toSorted((a, b) => a - b);
  let most = 0;
  let from = 0;
  for (const [index, at] of sorted.entries()) {
    while ((sorted[from] ?? at) <= at - 60_000) from += 1;
    most = Math.max(most, index - from + 1);
  }
  return most;
}

function mostAtOnce(calls: readonly Seen[]): number {
  const edges = calls.flatMap(({ from, until }) => [
    { at: from, by: 1 },
    { at: until, by: -1 },
  ]);
  let open = 0;
  let most = 0;
  // of one moment, ends come first
  for (const { by } of edges.toSorted((a, b) => a.at - b.at || a.by - b.by)) {
    open += by;
    most = Math.max(most, open);
  }
  return most;
}
