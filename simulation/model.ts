/** The simulated model: checks the fence and records each call as `llm/` does, and fails as models do. */
import { ContentFault, NeedsOperator, StaleRun, TransientFault } from '../src/domain/errors.ts';
import { type CallClosing, newCall } from '../src/domain/model-call.ts';
import type { Store } from '../src/domain/ports/store.ts';
import type { AskStep } from '../src/domain/ports/work.ts';
import { editionOfStep } from '../src/domain/report.ts';
import { stillHeldBy } from '../src/domain/transitions.ts';
import type { Oracle } from './oracle.ts';
import type { Process, World } from './world.ts';

export interface ModelDeps {
  world: World;
  process: Process;
  store: Pick<Store, 'modelCalls' | 'reports'>;
  oracle: Oracle;
  /** share of the calls that end in a fault */
  faults(): number;
}

const USAGE = { tokensIn: 1, tokensCached: 0, tokensOut: 1 };
const CALL_MS = 20_000;
let calls = 0; // ids only have to differ

export function createModel({ world, process, store, oracle, faults }: ModelDeps): AskStep {
  return async (step, { report, plan, model, signal, save }) => {
    const edition = editionOfStep(report, step.step);
    const ids = step.groups.flatMap(({ questions }) => questions.map(({ id }) => id));
    const of = { reportId: report.id, orderId: report.orderId, edition, step: step.step };
    const section = () => ({
      ...of,
      ...USAGE,
      answers: ids.map((id) => ({ id, text: 'Because.' })),
      model: model.name,
      calls: 1,
      costMicros: 1,
      completedAt: world.clock().toISOString(),
    });
    const earlier = await store.modelCalls.ofStep(report.id, edition, step.step);
    if (earlier.some(({ raw }) => raw !== null)) {
      await persistently(world, process, () => save(section()));
      return;
    }

    const standing = await store.reports.find(report.id);
    if (!stillHeldBy(standing, report.fence)) throw new StaleRun(report.id);
    signal.throwIfAborted();
    calls += 1;
    const id = `call_${calls}`;
    const call = { ...of, ...USAGE, id, fence: report.fence, model: model.name, asked: ids };
    await store.modelCalls.open(newCall(call, world.clock()));
    const wasAnswered = earlier.some(({ answered }) => answered.length > 0);
    oracle.asked({ reportId: report.id, birth: plan.person[0], wasAnswered });
    await world.sleep(process, world.random() * CALL_MS, 'model');

    const closingOf = (closing: Pick<CallClosing, 'outcome' | 'answered' | 'raw'>) => ({
      ...USAGE,
      ...closing,
      fault: null,
      costMicros: 1,
      latencyMs: 1,
      closedAt: world.clock().toISOString(),
    });
    const close = (closing: Pick<CallClosing, 'outcome' | 'answered' | 'raw'>) =>
      persistently(world, process, () => store.modelCalls.close(id, closingOf(closing)));
    if (signal.aborted) {
      await close({ outcome: 'aborted', answered: [], raw: null });
      throw signal.reason;
    }
    if (world.chance(faults())) {
      await close({ outcome: 'fault', answered: [], raw: null });
      throw world.pick([
        new TransientFault('model_unavailable', '503'),
        new TransientFault('rate_limited', '429', {
          retryAfterMs: world.pick([90_000, 1_795_885_230_000, 1e17]),
        }),
        new ContentFault('answers are missing'),
        new NeedsOperator('invalid_key', '401'),
      ]);
    }
    const closing = closingOf({ outcome: 'answered', answered: ids, raw: '{}' });
    try {
      await persistently(world, process, () => save(section(), { id, closing }));
    } catch (error) {
      await store.modelCalls.close(id, closing);
      throw error;
    }
  };
}

/** Records an answer while the store may be away, as `llm/` does, but in three tries at most. */
async function persistently(
  world: World,
  process: Process,
  work: () => Promise<void>,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries === 3) throw error;
      await world.sleep(process, 4_000 * tries, 'record again');
    }
  }
}
