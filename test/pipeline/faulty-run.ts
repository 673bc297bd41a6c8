/** Carries out a plan over HTTP with a model that fails on some requests. */
import type { CallPlan } from '../../src/domain/call-plan.ts';
import { ContentFault, TransientFault } from '../../src/domain/errors.ts';
import type { ModelCall } from '../../src/domain/model-call.ts';
import { scaledTimings } from '../../src/domain/patience.ts';
import type { RunSteps, StepsRun } from '../../src/domain/ports/work.ts';
import type { ProductDefinition } from '../../src/domain/product.ts';
import type { Section } from '../../src/domain/section.ts';
import { createLlm } from '../../src/llm/create-llm.ts';
import { createRunSteps } from '../../src/pipeline/run-steps.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { openDesk } from '../llm/desk.ts';
import { type FaultWish, type SeenCall, startFaultyOpenai } from './faulty-openai.ts';

export interface FaultyRun {
  /** as the provider saw and billed them, in order */
  seen: SeenCall[];
  /** as we recorded them, oldest first */
  rows: ModelCall[];
  sections: Section[];
  /** snoozes and burnt attempts */
  retries: number;
}

/** How long to wait for a stalled answer, milliseconds. */
const CALL_MS = 1_000;

export async function runWithFaults(
  definition: ProductDefinition,
  plan: CallPlan,
  wishes: readonly FaultWish[],
  seed: number,
  callMs = CALL_MS,
): Promise<FaultyRun> {
  const desk = await openDesk(plan.steps.length);
  const model = await startFaultyOpenai(wishes, seed);
  try {
    const { store, report } = desk;
    const log = createLog({ level: 'silent', pretty: false, process: 'test' });
    const { askStep } = createLlm({
      apiKey: 'sk-test',
      baseUrl: model.url,
      modelOverride: null,
      store,
      timings: scaledTimings(1_000),
      log,
    });
    const runSteps = createRunSteps({ store, askStep, signals: { wake() {} }, log });
    const retries = await takeTurns(runSteps, {
      report,
      definition: { ...definition, limits: { ...definition.limits, callMs } },
      plan,
      signal: new AbortController().signal,
    });
    const rows = await store.modelCalls.ofReport(report.id);
    const sections = await Array.fromAsync(store.sections.read(report));
    return { seen: await model.calls(), rows, sections, retries };
  } finally {
    await model.close();
    await desk.close();
  }
}

/** Tries again like a worker after a snooze or a burnt attempt. @returns how often */
async function takeTurns(runSteps: RunSteps, run: StepsRun, before = 0): Promise<number> {
  try {
    await runSteps(run);
    return before;
  } catch (error) {
    const passes = error instanceof TransientFault || error instanceof ContentFault;
    if (!passes || before === MOST_RETRIES) throw error;
    return takeTurns(runSteps, run, before + 1);
  }
}

const MOST_RETRIES = 10;
