/** A run that is killed five times, each time with all its calls open. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { startOpenai } from '../../sandbox/openai/openai.ts';
import { questionsOf } from '../../src/domain/call-plan.ts';
import { type Desk, openDesk } from '../llm/desk.ts';
import { repeatedIds } from './repeated-ids.ts';
import { planOf } from './steps-desk.ts';

const STEPS = 60;
const WIDTH = 4;
const KILLS = 5;

const journalSchema = z.object({
  entries: z.array(
    z.object({ requestId: z.string(), promptTokens: z.number(), completionTokens: z.number() }),
  ),
});

let desk: Desk;
let sandbox: Awaited<ReturnType<typeof startOpenai>>;
beforeEach(async () => {
  desk = await openDesk(STEPS);
  sandbox = await startOpenai({ host: '127.0.0.1', port: 0, latencyMs: 30, seed: 5 });
});
afterEach(async () => {
  await sandbox.close();
  await desk.close();
});

/** Runs in a process of its own. @param kill after so many sections; null: let it finish */
async function runUntil(kill: number | null): Promise<void> {
  const wish = {
    databaseUrl: desk.databaseUrl,
    baseUrl: `${sandbox.url}/v1`,
    reportId: desk.report.id,
    steps: STEPS,
    width: WIDTH,
  };
  const child = fork(new URL('./killable-run.ts', import.meta.url), [JSON.stringify(wish)], {
    execPath: process.execPath,
    execArgv: [],
  });
  let sections = 0;
  child.on('message', () => {
    sections += 1;
    if (sections === kill) child.kill('SIGKILL');
  });
  const [code, signal] = await once(child, 'exit');
  expect({ code, signal }).toEqual(
    kill === null ? { code: 0, signal: null } : { code: null, signal: 'SIGKILL' },
  );
}

it('a run that is killed five times pays for nothing twice, and has a row for every request', async () => {
  for (let kill = 1; kill <= KILLS; kill += 1) await runUntil(kill);
  await runUntil(null);

  const answered: string[] = [];
  for await (const section of desk.store.sections.read(desk.report)) {
    answered.push(...section.answers.map((answer) => answer.id));
  }
  const asked = planOf(STEPS).steps.flatMap(questionsOf);
  expect(answered).toEqual(asked.map((question) => question.id));

  const calls = await desk.store.modelCalls.ofReport(desk.report.id);
  const open = calls.filter((call) => call.outcome === null);
  expect(open.length).toBeGreaterThan(0);
  expect(open.length).toBeLessThanOrEqual(WIDTH * KILLS);
  expect(repeatedIds(calls)).toEqual([]);

  const response = await fetch(`${sandbox.url}/_sandbox/journal`);
  const { entries } = journalSchema.parse(await response.json());
  const rows = new Map(calls.map((call) => [call.id, call]));
  for (const entry of entries) {
    const row = rows.get(entry.requestId);
    expect(row).toBeDefined();
    if (row?.outcome === null) continue;
    expect(row).toMatchObject({ tokensIn: entry.promptTokens, tokensOut: entry.completionTokens });
  }
}, 120_000); // six processes start one after another
