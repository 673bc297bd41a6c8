/** Every product's calls in every family that we know, sent by the real SDKs to a stand-in with a table of its own. */
import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startOpenai } from '../../../sandbox/openai/openai.ts';
import type { Listening } from '../../../sandbox/wire/server.ts';
import { questionsOf } from '../../../src/domain/call-plan.ts';
import type { ModelSettings, ProductDefinition } from '../../../src/domain/product.ts';
import { createAgentCaller } from '../../../src/llm/agent.ts';
import type { ModelReply } from '../../../src/llm/caller.ts';
import { createCompletionCaller } from '../../../src/llm/completion.ts';
import { checkDefinitions } from '../../../src/llm/models/check-definitions.ts';
import { settingsFor } from '../../../src/llm/models/settings-for.ts';
import { PROFILES } from '../../../src/llm/models/table.ts';
import { buildPrompt } from '../../../src/llm/prompt.ts';
import { catalogue } from '../../../src/products/catalogue.ts';
import { factsOf, subjectOf } from '../../products/sample.ts';

let server: Listening;
beforeEach(async () => {
  server = await startOpenai({ host: '127.0.0.1', port: 0, latencyMs: 0, seed: 1 });
});
afterEach(() => server.close());

const subject = subjectOf();
const facts = factsOf(subject);

/** Asks step `at` of a product. */
function ask(product: ProductDefinition, model: ModelSettings, at = 0): Promise<ModelReply> {
  const client = new OpenAI({ apiKey: 'sk-test', baseURL: `${server.url}/v1`, maxRetries: 0 });
  const callers = { completion: createCompletionCaller, agent: createAgentCaller };
  const plan = product.plan(facts, subject);
  const step = plan.steps[at];
  if (step === undefined) throw new Error(`${product.id} has no step ${at}`);
  const ids = questionsOf(step).map(({ id }) => id);
  return callers[product.caller](client)({
    ...buildPrompt({ plan, step, digest: null, ids, note: null }),
    id: `call_${product.id}_${at}`,
    cacheKey: `ord_1-${product.id}-${model.name}`,
    voice: step.voice,
    model,
    timeoutMs: 20_000,
    signal: new AbortController().signal,
  });
}

describe.each(catalogue.definitions.map((each) => [`${each.id} v${each.version}`, each] as const))(
  '%s',
  (_, product) => {
    it('is accepted by its own model as it is', async () => {
      checkDefinitions([product]);
      const reply = await ask(product, product.model);
      expect(reply.finish).toBe('complete');
      expect(reply.served.model).toBe(product.model.name);
    });

    it.each(PROFILES.map((profile) => [profile.family, profile] as const))(
      'is accepted by %s with the settings made for it',
      async (family, profile) => {
        const model = settingsFor(family, product.model, {});
        checkDefinitions([{ ...product, model }]);
        const reply = await ask(product, model);
        expect(reply.usage).toMatchObject({ tokensIn: expect.any(Number) });
        // what is thought leaves less room, so that an answer may be cut off; it is never refused
        expect(['complete', 'cut_off']).toContain(reply.finish);
        expect(reply.usage?.tokensReasoning === 0).toBe(
          profile.efforts.length === 0 || profile.efforts[0] === 'none',
        );
      },
    );
  },
);

it('a family that caches up to marks writes the shared part once, and reads it in every later step', async () => {
  const product = catalogue.newest('blueprint');
  const model = settingsFor('gpt-6-luna', product.model, {});
  const [first, second] = [await ask(product, model, 0), await ask(product, model, 1)];
  expect(first.usage).toMatchObject({ tokensCached: 0 });
  expect(first.usage?.tokensWritten).toBeGreaterThan(1_024);
  expect(second.usage).toMatchObject({
    tokensCached: first.usage?.tokensWritten,
    tokensWritten: 0,
  });
});

it('a report whose steps have a system message each writes nothing to the cache: nobody would read it', async () => {
  const product = catalogue.newest('life-clarity');
  for (const at of [0, 1]) {
    const { usage } = await ask(product, settingsFor('gpt-6-luna', product.model, {}), at);
    expect(usage).toMatchObject({ tokensCached: 0, tokensWritten: 0 });
  }
});
