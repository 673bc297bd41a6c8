/** Runs a report's missing steps: one scheduler of a graph, for every shape of pipeline. */
import pLimit from 'p-limit';
import type { StepPlan } from '../domain/call-plan.ts';
import { fingerprintOf } from '../domain/fingerprint.ts';
import type { CallEnding } from '../domain/model-call.ts';
import type { Store } from '../domain/ports/store.ts';
import type { AskStep, RunSteps, Signals, StepsRun } from '../domain/ports/work.ts';
import type { Section } from '../domain/section.ts';
import { refuseBadNeeds } from '../domain/step-graph.ts';
import type { Log } from '../telemetry/log.ts';
import { createDigests } from './needed-answers.ts';
import { createReadySteps } from './ready-steps.ts';

export interface RunStepsDeps {
  store: {
    sections: Pick<Store['sections'], 'steps' | 'find' | 'insert' | 'read'>;
    modelCalls: Pick<Store['modelCalls'], 'dropRaw'>;
  };
  askStep: AskStep;
  signals: Pick<Signals, 'wake'>;
  log: Log;
}

/**
 * Asks the missing steps as a graph: a step begins when all that it needs have sections and fewer than `width` run,
 * the lowest number first. Saves each. After the first error no new step begins. Steps in flight finish and are
 * saved, because their tokens are paid for. Only the run's own signal aborts them.
 *
 * @throws the first error of a step, the signal's reason, or AlmanacError `plan` when a step needs what cannot be
 */
export function createRunSteps(deps: RunStepsDeps): RunSteps {
  const { store, askStep, signals } = deps;

  return async (run) => {
    const { report, definition, plan, signal } = run;
    refuseBadNeeds(definition, plan.steps);
    const log = deps.log.child({ reportId: report.id, fence: report.fence });
    const standing = new Set(await store.sections.steps(report));
    const missing = plan.steps.filter(({ step }) => !standing.has(step));
    const ready = createReadySteps(missing, standing);
    const digestFor = createDigests(run, missing, store.sections);

    const said = await fingerprints(run, standing.size > 0, store);
    const failures: unknown[] = [];
    const inWindow = pLimit(definition.width);

    const carryOut = async (step: StepPlan): Promise<void> => {
      signal.throwIfAborted();
      await askStep(step, {
        report,
        plan,
        caller: definition.caller,
        model: definition.model,
        answerLength: definition.answerLength,
        callMs: definition.limits.callMs,
        digest: await digestFor(step),
        said,
        signal,
        save,
      });
    };

    // Ignores the signal: the section is paid for and saved even if we must stop.
    const save = async (section: Section, last?: CallEnding): Promise<void> => {
      const { inserted } = await store.sections.insert(section, last);
      if (!inserted || section.calls > 1) {
        await store.modelCalls.dropRaw(section.reportId, section.edition, section.step);
      }
      signals.wake(section.orderId);
      const { step, calls, tokensIn, tokensOut, costMicros } = section;
      log.info({ step, calls, tokensIn, tokensOut, costMicros, inserted }, 'section stored');
    };

    const ended = Promise.withResolvers<void>();
    let open = 0;
    /** A free place in the window takes the lowest step that is ready then, not the one that was ready first. */
    const turn = async (): Promise<void> => {
      const step = failures.length === 0 ? ready.take() : undefined;
      if (!step) return;
      try {
        await carryOut(step);
        begin(ready.stored(step.step));
      } catch (error) {
        // caught inside the window: outside, the next step would begin before we see the error
        failures.push(error);
      }
    };
    const begin = (turns: number): void => {
      open += turns;
      for (let count = 0; count < turns; count += 1) {
        inWindow(turn).then(() => {
          open -= 1;
          if (open === 0) ended.resolve();
        }, ended.reject);
      }
    };
    if (ready.size() === 0) return;
    begin(ready.size());
    await ended.promise;
    if (failures.length > 0) throw failures[0];
  };
}

/** Of the saved answers. No later answer may repeat them. */
async function fingerprints(
  { report }: StepsRun,
  some: boolean,
  { sections }: RunStepsDeps['store'],
): Promise<Set<number>> {
  const said = new Set<number>();
  if (!some) return said;
  for await (const { answers } of sections.read(report)) {
    for (const { text } of answers) said.add(fingerprintOf(text));
  }
  return said;
}
