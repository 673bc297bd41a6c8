/** One tiny call for each settings that products ask with: says what a server refuses, for cents. */
import OpenAI from 'openai';
import { z } from 'zod';
import type { CallPlan, StepPlan } from '../domain/call-plan.ts';
import { newId } from '../domain/ids.ts';
import type { ModelSettings, ProductDefinition } from '../domain/product.ts';
import { createAgentCaller } from './agent.ts';
import type { Caller, ModelReply } from './caller.ts';
import { createCompletionCaller } from './completion.ts';
import type { OwnModels } from './models/own-models.ts';
import { createPrices } from './prices.ts';
import { buildPrompt } from './prompt.ts';

export interface TryModelsOptions {
  apiKey: string;
  /** null: OpenAI's own address */
  baseUrl: string | null;
  models: OwnModels;
  /** milliseconds that one call may take */
  callMs: number;
}

export interface Tried {
  /** products and versions that ask with these settings: `blueprint v2` */
  products: string[];
  model: ModelSettings;
  /** null: the server took the call and answered as it was asked to */
  flaw: string | null;
  /** worth knowing, though reports can be written */
  remarks: string[];
  /** what the call cost at most, millionths of a dollar */
  costMicros: number;
}

type Asking = Pick<ProductDefinition, 'id' | 'version' | 'caller' | 'model'> & {
  successors?: readonly ModelSettings[];
};

/** @param definitions all versions of all products; settings that are the same are tried once */
export async function tryModels(
  definitions: readonly Asking[],
  { apiKey, baseUrl, models, callMs }: TryModelsOptions,
): Promise<Tried[]> {
  const client = new OpenAI({
    apiKey,
    baseURL: baseUrl,
    organization: null,
    project: null,
    maxRetries: 0,
    logLevel: 'off',
  });
  const callers = {
    completion: createCompletionCaller(client, models.likes),
    agent: createAgentCaller(client, models.likes),
  };
  const prices = createPrices(models.prices);
  const asked = definitions.flatMap(({ id, version, caller, model, successors = [] }) =>
    [model, ...successors].map((each) => ({ product: `${id} v${version}`, caller, model: each })),
  );
  const once = Map.groupBy(asked, ({ caller, model }) => JSON.stringify([caller, model]));
  const tried: Tried[] = [];
  for (const [first, ...same] of once.values()) {
    if (first === undefined) continue;
    const { model } = first;
    const products = [...new Set([first, ...same].map(({ product }) => product))];
    const remarks = prices.knows(model.name) ? [] : ['no price: booked at the dearest'];
    try {
      const reply = await ask(callers[first.caller], model, callMs);
      if (reply.usage === null) remarks.push('does not say what a call used: the most is booked');
      const costMicros = reply.usage ? prices.costMicros(model, reply.usage, reply.served) : 0;
      tried.push({ products, model, flaw: flawOf(reply), remarks, costMicros });
    } catch (error) {
      // nothing of a customer's is in the request, so nothing is in the refusal
      const flaw = error instanceof Error ? error.message : String(error);
      tried.push({ products, model, flaw, remarks, costMicros: 0 });
    }
  }
  return tried;
}

const ID = 'ready';
const PLAN: Pick<CallPlan, 'system' | 'person'> = {
  system: 'You answer in plain English. Each answer has between 2 and 40 characters.',
  person: ['Nobody in particular'],
};
const STEP: StepPlan = {
  step: 1,
  needs: [],
  voice: 'check',
  instructions: '',
  groups: [
    {
      title: 'Check',
      facts: [],
      questions: [{ id: ID, text: 'Are you ready? One word is enough.' }],
    },
  ],
};

function ask(caller: Caller, model: ModelSettings, timeoutMs: number): Promise<ModelReply> {
  return caller({
    ...buildPrompt({ plan: PLAN, step: STEP, digest: null, ids: [ID], note: null }),
    id: newId('call'),
    cacheKey: 'models-check',
    voice: STEP.voice,
    model,
    timeoutMs,
    signal: AbortSignal.timeout(timeoutMs),
  });
}

const answersSchema = z.object({
  answers: z.array(z.object({ id: z.string(), text: z.string() })),
});

function flawOf({ finish, text }: ModelReply): string | null {
  if (finish !== 'complete')
    return `it took the call, but its answer is ${finish.replace('_', ' ')}`;
  try {
    const { answers } = answersSchema.parse(JSON.parse(text));
    if (answers.some(({ id }) => id === ID)) return null;
  } catch {
    // told below: the same flaw
  }
  return 'it took the call, but its answer does not follow the schema that was sent with it';
}
