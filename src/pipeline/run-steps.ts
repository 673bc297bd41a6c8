/** Runs a report's missing steps: one function with a width, for every shape of pipeline. */
import pLimit from 'p-limit';
import type { StepPlan } from '../domain/call-plan.ts';
import { AlmanacError } from '../domain/errors.ts';
import { fingerprintOf } from '../domain/fingerprint.ts';
import type { CallEnding } from '../domain/model-call.ts';
import type { Store } from '../domain/ports/store.ts';
import type { AskStep, RunSteps, Signals, StepsRun } from '../domain/ports/work.ts';
import { editionOfStep } from '../domain/report.ts';
import type { Section } from '../domain/section.ts';
import type { Log } from '../telemetry/log.ts';

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
 * Asks the missing steps in order, `width` at a time in a sliding window, and saves each.
 * After the first error no new step begins. Steps in flight finish and are saved, because their
 * tokens are paid for. Only the run's own signal aborts them.
 *
 * @throws the first error of a step, or the signal's reason
 */
export function createRunSteps(deps: RunStepsDeps): RunSteps {
  const { store, askStep, signals } = deps;

  return async (run) => {
    const { report, definition, plan, signal } = run;
    const log = deps.log.child({ reportId: report.id, fence: report.fence });
    const standing = new Set(await store.sections.steps(report));
    const missing = plan.steps
      .filter((step) => !standing.has(step.step))
      .sort((a, b) => a.step - b.step);

    const said = await fingerprints(run, standing.size > 0, store);
    const failures: unknown[] = [];
    // with a digest each step needs the one before it, whatever the definition says
    const inWindow = pLimit(plan.digest ? 1 : definition.width);

    const carryOut = async (step: StepPlan): Promise<void> => {
      if (failures.length > 0) return;
      signal.throwIfAborted();
      await askStep(step, {
        report,
        plan,
        caller: definition.caller,
        model: definition.model,
        answerLength: definition.answerLength,
        callMs: definition.limits.callMs,
        digest: await digestBefore(step, run, store),
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

    await Promise.all(
      missing.map((step) =>
        // caught inside the window: outside, the next step would begin before we see the error
        inWindow(() => carryOut(step).catch((error: unknown) => failures.push(error))),
      ),
    );
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

/** The digest is built from stored sections, so that a resumed run asks the same as the first. */
async function digestBefore(
  step: StepPlan,
  { report, plan }: StepsRun,
  store: RunStepsDeps['store'],
): Promise<string | null> {
  if (!plan.digest || step.step === 1) return null;
  const before = step.step - 1;
  const section = await store.sections.find(report.id, editionOfStep(report, before), before);
  if (!section) {
    throw new AlmanacError('step_order', `step ${step.step} of ${report.id} needs step ${before}`);
  }
  return plan.digest(section.answers);
}
