/** Everything around one askStep: a claimed report, a model over HTTP, and the real SDKs. */
import type { ModelCall } from '../../src/domain/model-call.ts';
import type { StepContext } from '../../src/domain/ports/work.ts';
import type { Section } from '../../src/domain/section.ts';
import { scaledTimings } from '../../src/domain/timings.ts';
import { createLlm, type LlmOptions } from '../../src/llm/create-llm.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { type Desk, openDesk, stepOf } from './desk.ts';
import { type ModelServer, startModelServer } from './model-server.ts';

export interface Asking {
  desk: Desk;
  model: ModelServer;
  /** Asks these questions as step 1. @returns the saved section */
  ask(
    ids: readonly string[],
    context?: Partial<StepContext>,
    llm?: Partial<LlmOptions>,
  ): Promise<Section>;
  /** Rows of step 1. */
  calls(): Promise<ModelCall[]>;
  close(): Promise<void>;
}

export async function openAsking(): Promise<Asking> {
  const desk = await openDesk();
  const model = await startModelServer();
  return {
    desk,
    model,
    async ask(ids, change = {}, options = {}) {
      const llm = createLlm({
        apiKey: 'sk-test',
        baseUrl: model.url,
        modelOverride: null,
        store: desk.store,
        timings: scaledTimings(1_000),
        log: createLog({ level: 'silent', pretty: false, process: 'test' }),
        ...options,
      });
      const context = desk.context(change);
      const saved: Section[] = [];
      await llm.askStep(stepOf(ids), {
        ...context,
        async save(section, last) {
          await context.save(section, last);
          saved.push(section);
        },
      });
      const [section, ...more] = saved;
      if (!section || more.length > 0) throw new Error('a step is saved once');
      return section;
    },
    calls: () => desk.store.modelCalls.ofStep(desk.report.id, 1, 1),
    async close() {
      await model.close();
      await desk.close();
    },
  };
}
