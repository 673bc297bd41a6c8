/** The workers' daily question to the provider: which models it has, and until when. */
import type { ModelDays } from './model-days.ts';
import { readModelDays } from './model-days.ts';
import type { Needs } from './needs.ts';

/** What the provider can say of a model: see `src/llm/ask-model.ts`. */
type Answer = { has: true; lastDay: string | null | undefined; odd?: string } | { has: false };

export interface AskModelsDeps extends Needs<'catalogue' | 'log' | 'clock'> {
  store: Pick<Needs<'store'>['store'], 'models'>;
  /** @throws when the provider does not say */
  askModel(name: string): Promise<Answer>;
  timings: Pick<Needs<'timings'>['timings'], 'modelAgain' | 'modelGoneAgain'>;
}

/**
 * One turn: asks for each model of any definition, its successors too, that was not asked for a day; one that is gone,
 * every ten minutes. What goes wrong with one model is logged, and the others are asked.
 */
export type AskModels = (stop?: AbortSignal) => Promise<void>;

export function createAskModels(deps: AskModelsDeps): AskModels {
  const { store, catalogue, askModel, log, clock } = deps;

  async function ask(name: string): Promise<void> {
    const answer = await askModel(name);
    const now = clock();
    if (!answer.has) {
      log.error({ model: name }, 'the provider has no such model');
      return store.models.isGone(name, now);
    }
    if (answer.odd !== undefined) {
      const { odd } = answer;
      log.warn({ model: name, odd }, 'a last day that cannot be believed: as if none was said');
    }
    await store.models.lives(name, answer.lastDay, now);
  }

  return async (stop) => {
    const days = await readModelDays(deps);
    for (const name of namesOf(catalogue.definitions)) {
      if (stop?.aborted) return;
      if (!isDue(name, days, deps)) continue;
      try {
        await ask(name);
      } catch (err) {
        log.warn({ err, model: name }, 'not known whether the provider has this model');
      }
    }
  };
}

/** @returns every model that a report may be written with, each once */
function namesOf(definitions: AskModelsDeps['catalogue']['definitions']): string[] {
  const names = definitions.flatMap(({ model, successors }) => [model, ...successors]);
  return [...new Set(names.map(({ name }) => name))];
}

function isDue(name: string, days: ModelDays, { timings, clock }: AskModelsDeps): boolean {
  const askedAt = days.askedAt(name);
  if (askedAt === null) return true;
  const againMs = days.goneSince(name) === null ? timings.modelAgain : timings.modelGoneAgain;
  return clock().getTime() - Date.parse(askedAt) >= againMs;
}
