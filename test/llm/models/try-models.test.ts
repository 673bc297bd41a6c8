import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startOpenai } from '../../../sandbox/openai/openai.ts';
import type { Listening } from '../../../sandbox/wire/server.ts';
import type { ModelSettings } from '../../../src/domain/product.ts';
import { NO_OWN_MODELS } from '../../../src/llm/models/own-models.ts';
import { tryModels } from '../../../src/llm/try-models.ts';
import { catalogue } from '../../../src/products/catalogue.ts';

let server: Listening;
beforeEach(async () => {
  server = await startOpenai({ host: '127.0.0.1', port: 0, latencyMs: 0, seed: 1 });
});
afterEach(() => server.close());

const optionsFor = (url = `${server.url}/v1`, models = NO_OWN_MODELS) => ({
  apiKey: 'sk-test',
  baseUrl: url,
  models,
  callMs: 20_000,
});
const asking = (model: Partial<ModelSettings>, caller: 'completion' | 'agent' = 'completion') => ({
  id: 'blueprint',
  version: 3,
  caller,
  model: { name: 'gpt-6-luna', maxTokens: 2_000, serviceTier: 'default', ...model } as const,
});

it('tries the settings of all products for less than a cent', async () => {
  const tried = await tryModels(catalogue.definitions, optionsFor());
  const products = new Set(tried.flatMap((each) => each.products));
  expect([...products].sort()).toEqual(
    catalogue.definitions.map(({ id, version }) => `${id} v${version}`).sort(),
  );
  expect(tried.filter(({ flaw, remarks }) => flaw !== null || remarks.length > 0)).toEqual([]);
  const micros = tried.reduce((sum, { costMicros }) => sum + costMicros, 0);
  expect(micros).toBeGreaterThan(0);
  expect(micros).toBeLessThan(10_000);
});

it('tries settings that several products share once', async () => {
  const product = { ...asking({}), successors: [asking({}).model] };
  const tried = await tryModels([product, { ...product, id: 'moon-letter' }], optionsFor());
  expect(tried.map(({ products }) => products)).toEqual([['blueprint v3', 'moon-letter v3']]);
});

it('says in the server’s own words what it refuses, and tries the others all the same', async () => {
  const tried = await tryModels(
    [asking({ temperature: 0.8 }), asking({}, 'agent'), asking({ name: 'gpt-4o' })],
    optionsFor(),
  );
  expect(tried.map(({ flaw }) => flaw)).toEqual([
    expect.stringContaining("'temperature' does not support 0.8 with this model"),
    null,
    null,
  ]);
});

it('tries the models that may finish a report too', async () => {
  const { model } = asking({ name: 'gpt-4o' });
  const successors = [asking({ effort: 'none' }).model, asking({ effort: 'minimal' }).model];
  const tried = await tryModels([{ ...asking({}), model, successors }], optionsFor());
  expect(tried.map(({ flaw }) => flaw)).toEqual([
    null,
    null,
    expect.stringContaining('\'reasoning_effort\' does not support "minimal"'),
  ]);
});

it('tells of a server of one’s own that ignores the schema, counts no tokens, and has no price', async () => {
  const own = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const message = { role: 'assistant', content: 'I am ready.' };
    response.end(JSON.stringify({ choices: [{ finish_reason: 'stop', message }] }));
  });
  await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
  const address = own.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const models = { likes: { 'llama-9': 'gpt-4o' }, prices: {} };
  const options = optionsFor(`http://127.0.0.1:${address.port}/v1`, models);
  const [tried] = await tryModels([asking({ name: 'llama-9' })], options);
  own.close();
  expect(tried).toMatchObject({
    flaw: expect.stringContaining('does not follow the schema'),
    remarks: [
      'no price: booked at the dearest',
      'does not say what a call used: the most is booked',
    ],
  });
});
