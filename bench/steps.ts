/**
 * What a step costs beyond the model's own time, and what the scheduler adds. 161 steps in sequence with rows, checks and
 * durable sections are compared with a bare loop over the SDK, and, with `--before <folder>`, with another release's code
 * in turns; 52 steps at width 5 with the list schedule of the same times; a plan of 10,000 steps with itself, its last
 * hundred steps with its first.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import type { CallPlan } from '../src/domain/call-plan.ts';
import { answerSchema } from '../src/llm/answers/answer-schema.ts';
import { buildPrompt } from '../src/llm/prompt.ts';
import { MODEL } from '../test/llm/desk.ts';
import { quantile } from './crash/quantile.ts';
import { paperMs } from './lanes/paper.ts';
import { logNormalTimes } from './log-normal.ts';
import { benchPlan } from './sample-report.ts';
import { gapsOf, openSide, type Side } from './steps/side.ts';

const WIDTH = 5;
const ROUNDS = 5;
const STEP_MS = 20;
const LONG = 10_000;

export async function run(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: { before: { type: 'string' } },
  });
  const model = fork(new URL('./stand-in-model.ts', import.meta.url));
  const [baseUrl] = await once(model, 'message');
  const folder = await mkdtemp(join(tmpdir(), 'almanac-bench-'));
  const here = fileURLToPath(new URL('..', import.meta.url));
  const roots = { now: here, ...(values.before && { before: values.before }) };
  const sides = await Promise.all(
    Object.entries(roots).map(([name, root]) =>
      openSide(name, root, join(folder, `${name}.db`), baseUrl),
    ),
  );
  const [now] = sides;
  if (!now) throw new Error('no code to measure');
  try {
    const overheads = await overheadsOf(sides, baseUrl);

    const times = logNormalTimes(52, 1_000);
    const window = await now.run(benchPlan(times, 1), WIDTH, 'window');
    const windowMs = (window.stored.at(-1) ?? Number.NaN) - window.begun;
    const plan = benchPlan(times, 1);
    // by number, as the steps are begun: nobody knows beforehand which takes longest
    const listMs = paperMs(plan.steps, WIDTH, new Map(times.map((ms, at) => [at + 1, ms])));
    console.log(
      `52 steps at width 5: window ${Math.round(windowMs)} ms; list schedule in the same order ${listMs} ms; barriers of five ${barriers(times)} ms`,
    );

    const growth = await growthOf(now);
    console.log(
      JSON.stringify({
        bench: 'steps',
        ...overheads,
        windowMs: Math.round(windowMs),
        listScheduleMs: listMs,
        windowRatio: Number((windowMs / listMs).toFixed(3)),
        barrierMs: barriers(times),
        ...growth,
      }),
    );
  } finally {
    for (const side of sides) await side.close();
    await rm(folder, { recursive: true });
    model.disconnect();
  }
}

/** Over all steps of all rounds; sides take turns, so that other work on the machine meets each alike. */
async function overheadsOf(sides: readonly Side[], baseUrl: string) {
  const plan = benchPlan(new Array(161).fill(STEP_MS), 54);
  const bare: number[] = [];
  const gaps = new Map(sides.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round <= ROUNDS; round += 1) {
    const alone = await runBare(plan, baseUrl);
    if (round > 0) bare.push(...alone); // the first round warms up
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      const own = gapsOf(await side.run(plan, 1, `seq${round}`));
      if (round > 0) gaps.get(side.name)?.push(...own);
      const mean = own.reduce((sum, ms) => sum + ms, 0) / own.length;
      console.log(`round ${round}: ${side.name} ${mean.toFixed(1)} ms a step`);
    }
  }
  const bareMs = quantile(bare, 0.5);
  const at = (name: string, share: number) =>
    Number((quantile(gaps.get(name) ?? [], share) - bareMs).toFixed(2));
  const before = sides.some(({ name }) => name === 'before');
  return {
    bareMs: Number(bareMs.toFixed(2)),
    overheadMsP50: at('now', 0.5),
    overheadMsP99: at('now', 0.99),
    ...(before && { beforeMsP50: at('before', 0.5), beforeMsP99: at('before', 0.99) }),
  };
}

/** One after another, each needing the one before: what a step costs at the end of a long plan and at its beginning. */
async function growthOf(now: Side) {
  const flat = benchPlan(new Array(LONG).fill(0), 1);
  const steps = flat.steps.map((step, at) => ({ ...step, needs: at === 0 ? [] : [at] }));
  const gaps = gapsOf(await now.run({ ...flat, steps }, 1, 'long'));
  const firstMs = quantile(gaps.slice(0, 100), 0.5);
  const lastMs = quantile(gaps.slice(-100), 0.5);
  console.log(
    `${LONG} steps: median ${firstMs.toFixed(2)} ms at first, ${lastMs.toFixed(2)} at last`,
  );
  return { longRatio: Number((lastMs / firstMs).toFixed(3)) };
}

/** @returns how long each call took, milliseconds */
async function runBare(plan: CallPlan, baseUrl: string): Promise<number[]> {
  const client = new OpenAI({ apiKey: 'sk-bench', baseURL: baseUrl, maxRetries: 0 });
  const took: number[] = [];
  for (const step of plan.steps) {
    const begun = performance.now();
    const ids = step.groups.flatMap((group) => group.questions.map((question) => question.id));
    const { system, user } = buildPrompt({ plan, step, digest: null, ids, note: null });
    const completion = await client.chat.completions.create({
      model: MODEL.name,
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: user },
      ],
      response_format: zodResponseFormat(answerSchema, 'answers'),
    });
    answerSchema.parse(JSON.parse(completion.choices[0]?.message.content ?? ''));
    took.push(performance.now() - begun);
  }
  return took;
}

/** @returns when the last ends, if each group of five waits for the slowest of the group before */
function barriers(times: readonly number[]): number {
  let total = 0;
  for (let from = 0; from < times.length; from += WIDTH) {
    total += Math.max(...times.slice(from, from + WIDTH));
  }
  return total;
}
