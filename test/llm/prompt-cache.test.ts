/** How much of each product's calls the provider can cache, as seen on the wire through the real SDK. */
import OpenAI from 'openai';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { questionsOf } from '../../src/domain/call-plan.ts';
import { createAgentCaller } from '../../src/llm/agent.ts';
import { createCompletionCaller } from '../../src/llm/completion.ts';
import { buildPrompt } from '../../src/llm/prompt.ts';
import { catalogue } from '../../src/products/catalogue.ts';
import { factsOf, subjectOf } from '../products/sample.ts';
import { type ModelServer, startModelServer, textOf } from './model-server.ts';

/** Caching begins at 1,024 tokens, and English prose has fewer than five characters per token. */
const CHARACTERS = 1_024 * 5;

let model: ModelServer;
beforeAll(async () => {
  model = await startModelServer();
});
afterAll(() => model.close());

it.each(catalogue.products.map((product) => [product.id, product] as const))(
  'every call of %s begins with the same system prompt of over 1,024 tokens, then the same person',
  async (id, product) => {
    const client = new OpenAI({ apiKey: 'sk-test', baseURL: model.url, maxRetries: 0 });
    const callers = { completion: createCompletionCaller, agent: createAgentCaller };
    const caller = callers[product.caller](client);
    const subject = subjectOf();
    const plan = product.plan(factsOf(subject), subject);
    const from = model.requests.length;
    for (const step of plan.steps) {
      const ids = questionsOf(step).map((question) => question.id);
      const digest = plan.digest ? `digest before ${step.step}` : null;
      await caller({
        ...buildPrompt({ plan, step, digest, ids, note: null }),
        id: `call_${id}_${step.step}`,
        cacheKey: `ord_1-${id}`,
        voice: step.voice,
        model: product.model,
        timeoutMs: 20_000,
        signal: new AbortController().signal,
      });
    }

    const bodies = model.requests.slice(from).map((request) => request.body);
    expect(bodies).toHaveLength(product.steps);
    expect(plan.system.length).toBeGreaterThan(CHARACTERS);
    const person = `# The person\n${plan.person.map((line) => `- ${line}`).join('\n')}\n\n`;
    const wrong = bodies.filter(({ messages, prompt_cache_key }) => {
      const [first, second, ...more] = messages;
      return !(
        more.length === 0 &&
        first?.role === 'system' &&
        textOf(first.content).startsWith(plan.system) &&
        second?.role === 'user' &&
        textOf(second.content).startsWith(person) &&
        prompt_cache_key === `ord_1-${id}`
      );
    });
    expect(wrong).toEqual([]);
    // the response format comes before the messages, so it is part of what is cached
    expect(new Set(bodies.map((body) => JSON.stringify(body.response_format))).size).toBe(1);
    // one system message per voice: they differ only after the shared part
    const systems = new Set(bodies.map((body) => body.messages[0]?.content));
    expect(systems.size).toBe(new Set(plan.steps.map((step) => step.instructions)).size);
  },
);
