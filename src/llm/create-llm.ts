/** Opens the access to the models: one client, both callers. */
import OpenAI from 'openai';
import { z } from 'zod';
import type { Timings } from '../domain/patience.ts';
import type { Store } from '../domain/ports/store.ts';
import type { AskStep } from '../domain/ports/work.ts';
import type { ModelSettings } from '../domain/product.ts';
import type { Caps } from '../domain/spend.ts';
import type { Log } from '../telemetry/log.ts';
import { createAskStep } from './ask-step.ts';
import { createBreaker } from './breaker.ts';
import type { Caller } from './caller.ts';
import { brokenBody, classifyFault } from './classify-fault.ts';
import { createCompletionCaller } from './completion.ts';
import { type Limits, NO_LIMITS } from './limits/limits.ts';
import { NO_OWN_MODELS, type OwnModels } from './models/own-models.ts';
import type { Likes } from './models/profile-of.ts';
import { settingsFor } from './models/settings-for.ts';
import { createPrices } from './prices.ts';
import { createSpend } from './spend.ts';

export interface LlmOptions {
  apiKey: string;
  /** null: OpenAI's own address */
  baseUrl: string | null;
  /** used instead of every product's model; null in production */
  modelOverride: string | null;
  /** what config adds to the tables of models and prices; nothing when left out */
  models?: OwnModels;
  store: Pick<Store, 'modelCalls' | 'reports' | 'spend' | 'emails'>;
  /** shared by all workers; none when left out */
  limits?: Limits;
  /** none when left out */
  caps?: Caps;
  timings: Timings;
  log: Log;
  clock?: () => Date;
}

export interface Llm {
  askStep: AskStep;
  /**
   * Asks the provider whether the key is good and these models, or the override, exist. Costs nothing. Logs
   * a warning for each of them without a price.
   * @throws NeedsOperator naming what is wrong, TransientFault when the provider is away
   */
  checkModels(names: readonly string[]): Promise<void>;
}

/** A proxy's page is no sign that the model exists. */
const modelSchema = z.object({ id: z.string() });

const NO_CAPS: Caps = { report: null, day: null, month: null };

export function createLlm(options: LlmOptions): Llm {
  const { apiKey, baseUrl, modelOverride, limits = NO_LIMITS, caps = NO_CAPS, ...deps } = options;
  const { likes, prices } = options.models ?? NO_OWN_MODELS;
  const clock = deps.clock ?? (() => new Date());
  const client = new OpenAI({
    apiKey,
    // null, never undefined: with undefined the SDK reads the environment
    baseURL: baseUrl,
    organization: null,
    project: null,
    maxRetries: 0, // we do the tries: each is recorded before it is sent
    logLevel: 'off', // its log lines hold prompts
  });
  const { costMicros, knows } = createPrices(prices);
  const askStep = createAskStep({
    ...deps,
    limits,
    breaker: createBreaker({ ...deps, clock }),
    spend: createSpend({ ...deps, caps, clock }),
    callers: {
      completion: createCompletionCaller(client, likes),
      agent: createAgentCallerWhenAsked(client, likes),
    },
    costMicros,
  });
  const nameOf = (product: string): string => modelOverride ?? product;
  const settingsOf = (model: ModelSettings): ModelSettings =>
    modelOverride === null ? model : settingsFor(modelOverride, model, likes);
  return {
    askStep: (step, context) => askStep(step, { ...context, model: settingsOf(context.model) }),
    async checkModels(names) {
      for (const name of new Set(names.map(nameOf))) {
        if (!knows(name)) {
          deps.log.warn(
            { model: name },
            'no price is known of this model: its calls are booked at the dearest (MODEL_PRICES)',
          );
        }
        try {
          const model = await client.models.retrieve(name, { timeout: deps.timings.modelCheck });
          if (!modelSchema.safeParse(model).success) throw brokenBody();
        } catch (error) {
          throw classifyFault(error, new Date());
        }
      }
    },
  };
}

/** Loaded on first use: the Agents SDK takes 28 MB, which workers of most products never need. */
function createAgentCallerWhenAsked(client: OpenAI, likes: Likes): Caller {
  let loading: Promise<Caller> | undefined;
  return async (request) => {
    loading ??= import('./agent.ts').then((module) => module.createAgentCaller(client, likes));
    const caller = await loading;
    return caller(request);
  };
}
