import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startOpenai } from '../../sandbox/openai/openai.ts';
import { NeedsOperator } from '../../src/domain/errors.ts';
import { PRODUCTION_TIMINGS } from '../../src/domain/patience.ts';
import { createLlm } from '../../src/llm/create-llm.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { type Desk, openDesk } from './desk.ts';

let desk: Desk;
let sandbox: Awaited<ReturnType<typeof startOpenai>>;
beforeEach(async () => {
  desk = await openDesk();
  sandbox = await startOpenai({ host: '127.0.0.1', port: 0, latencyMs: 0, seed: 1 });
});
afterEach(async () => {
  await sandbox.close();
  await desk.close();
});

function check(
  names: string[],
  apiKey = 'sk-sandbox',
  modelOverride: string | null = null,
  baseUrl = `${sandbox.url}/v1`,
) {
  const llm = createLlm({
    apiKey,
    baseUrl,
    modelOverride,
    store: desk.store,
    timings: PRODUCTION_TIMINGS,
    log: createLog({ level: 'silent', pretty: false, process: 'test' }),
  });
  return llm.checkModels(names).catch((error: unknown) => error);
}

it('accepts a good key and models that exist', async () => {
  expect(await check(['gpt-4o', 'gpt-4o-mini'])).toBeUndefined();
});

it('reports a key that is refused, and a model that does not exist', async () => {
  const key = await check(['gpt-4o'], 'bad-key');
  expect(key).toBeInstanceOf(NeedsOperator);
  expect(key).toMatchObject({ code: 'openai_key' });
  const model = await check(['gpt-4o', 'gpt-1']);
  expect(model).toBeInstanceOf(NeedsOperator);
  expect(model).toMatchObject({ code: 'openai_model' });
});

it('tells at start of a model without a price, and of none that has one', async () => {
  const told: object[] = [];
  const log = createLog({ level: 'silent', pretty: false, process: 'test' });
  log.warn = (fields: unknown) => void told.push(Object(fields));
  const llm = createLlm({
    apiKey: 'sk-sandbox',
    baseUrl: `${sandbox.url}/v1`,
    modelOverride: null,
    models: { likes: {}, prices: { 'gpt-6.1-sol': { in: 2, cached: 0.1, written: 2.5, out: 10 } } },
    store: desk.store,
    timings: PRODUCTION_TIMINGS,
    log,
  });
  await llm.checkModels(['gpt-4o', 'gpt-6.1-terra', 'gpt-6.1-sol']);
  expect(told).toEqual([{ model: 'gpt-6.1-terra' }]);
});

it('checks the override model if there is one', async () => {
  expect(await check(['gpt-1'], 'sk-sandbox', 'gpt-4o-mini')).toBeUndefined();
  expect(await check(['gpt-4o'], 'sk-sandbox', 'gpt-1')).toMatchObject({ code: 'openai_model' });
});

it("takes no proxy's page for a model, nor for a refusal of the key", async () => {
  for (const status of [200, 403]) {
    const proxy = createServer((_, response) => {
      response.writeHead(status, { 'content-type': 'text/html' }).end('<html>Sign in</html>');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = proxy.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const fault = await check(['gpt-4o'], 'sk-sandbox', null, `http://127.0.0.1:${port}/v1`);
    proxy.close();
    expect(fault).toMatchObject({ name: 'TransientFault' });
  }
});
