/** How version 2's most tokens were set: from what the sandbox's longest answers of the fullest step take. */
import OpenAI from 'openai';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startOpenai } from '../../../sandbox/openai/openai.ts';
import { questionsOf } from '../../../src/domain/call-plan.ts';
import { buildPrompt } from '../../../src/llm/prompt.ts';
import { personalHoroscopeV2 as v2 } from '../../../src/products/personal-horoscope/v2/definition.ts';
import { factsOf, subjectOf } from '../sample.ts';

let sandbox: Awaited<ReturnType<typeof startOpenai>>;
beforeAll(async () => {
  sandbox = await startOpenai({ host: '127.0.0.1', port: 0, latencyMs: 0, seed: 1 });
});
afterAll(() => sandbox.close());

it('leaves the fullest step a quarter of room above its answers at the longest target, and room for the longest allowed', async () => {
  const subject = subjectOf();
  const plan = v2.plan(factsOf(subject), subject);
  const [step] = plan.steps.toSorted((a, b) => questionsOf(b).length - questionsOf(a).length);
  if (!step) throw new Error('no step');
  const ids = questionsOf(step).map(({ id }) => id);
  expect(ids).toHaveLength(57);
  // the sandbox writes as long as the prompt asks: every answer as long as the longest target
  const { target, hard } = v2.answerLength;
  const longest = `between ${target.max - 1} and ${target.max} characters`;
  const system = plan.system.replace(`between ${target.min} and ${target.max} characters`, longest);
  expect(system).toContain(longest);
  const prompt = buildPrompt({ plan: { ...plan, system }, step, digest: null, ids, note: null });
  const client = new OpenAI({ apiKey: 'sk-sandbox', baseURL: `${sandbox.url}/v1` });
  const completion = await client.chat.completions.create({
    model: 'gpt-4o',
    messages: [
      { role: 'system', content: prompt.system },
      { role: 'user', content: prompt.user },
    ],
  });
  const content = completion.choices[0]?.message.content ?? '';
  const tokens = completion.usage?.completion_tokens ?? 0;
  expect(content.length).toBeGreaterThan(57 * target.max);
  expect(tokens).toBeGreaterThan(11_400);
  expect(v2.model.maxTokens).toBeGreaterThanOrEqual(Math.round(1.25 * tokens));
  const perCharacter = tokens / content.length;
  const most = (content.length + 57 * (hard.max - target.max)) * perCharacter;
  expect(v2.model.maxTokens).toBeGreaterThan(most);
});
