import { expect, it } from 'vitest';
import { familyNamed } from '../../../sandbox/openai/families.ts';
import { refusalOf } from '../../../sandbox/openai/refusals.ts';
import { EFFORTS, type ModelSettings } from '../../../src/domain/product.ts';
import { knownProfile, samplingOf } from '../../../src/llm/models/chat-request.ts';
import { checkDefinitions, flawsOf } from '../../../src/llm/models/check-definitions.ts';
import { profileOf } from '../../../src/llm/models/profile-of.ts';
import { PROFILES } from '../../../src/llm/models/table.ts';
import { catalogue } from '../../../src/products/catalogue.ts';

const settings = (change: Partial<ModelSettings>): ModelSettings => ({
  name: 'gpt-6-luna',
  maxTokens: 12_000,
  serviceTier: 'default',
  ...change,
});
const check = (model: ModelSettings, likes = {}) =>
  checkDefinitions([{ id: 'blueprint', version: 3, model }], likes);

it('takes every definition of the catalogue', () => {
  expect(() => checkDefinitions(catalogue.definitions)).not.toThrow();
});

it.each<[string, Partial<ModelSettings>, RegExp]>([
  [
    'a temperature at an effort that thinks',
    { temperature: 0.8, effort: 'low' },
    /model\.temperature: gpt-6-luna takes one only with effort: 'none'; leave it out/,
  ],
  ['a temperature at the family’s own effort', { temperature: 0.8 }, /model\.temperature/],
  [
    'a temperature in a family that always thinks',
    { name: 'gpt-6-astra', temperature: 1 },
    /model\.temperature: gpt-6-astra takes none; leave it out/,
  ],
  [
    'a temperature that is none',
    { name: 'gpt-4o', temperature: 3 },
    /model\.temperature: write a number from 0 to 2, not 3/,
  ],
  [
    'no effort in a family that always thinks',
    { name: 'gpt-6-astra', effort: 'none' },
    /model\.effort: gpt-6-astra does not take none; write one of 'low'/,
  ],
  [
    'an effort in a family that does not think',
    { name: 'gpt-4o', effort: 'low' },
    /model\.effort: gpt-4o does not take low; leave it out/,
  ],
  [
    'flex in a family without it',
    { name: 'gpt-4o', serviceTier: 'flex' },
    /model\.serviceTier: gpt-4o has no tier flex; write 'default'/,
  ],
  [
    'more tokens than the family writes',
    { name: 'gpt-4o', maxTokens: 20_000 },
    /model\.maxTokens: gpt-4o writes at most 16384 tokens/,
  ],
  ['no whole number of tokens', { maxTokens: 0.5 }, /model\.maxTokens/],
  [
    'a model that nobody has described',
    { name: 'gpt-9' },
    /model\.name: nobody has described gpt-9; add a row \{ family: 'gpt-9', .* MODEL_PROFILES=\{"gpt-9":"gpt-4o"\}/,
  ],
])('start-up stops for %s, and names the definition, the field and the fix', (_, change, flaw) => {
  const refused = () => check(settings(change));
  expect(refused).toThrow(flaw);
  expect(refused).toThrow('src/products/blueprint/v3/definition.ts: model.');
  expect(refused).toThrow(expect.objectContaining({ code: 'config' }));
});

it('looks at the models that may finish a report too, and lists all flaws at once', () => {
  const product = {
    id: 'blueprint',
    version: 1,
    model: settings({ name: 'gpt-9' }),
    successors: [settings({}), settings({ effort: 'minimal' })],
  };
  const lines =
    /definition\.ts: model\.name.*\n.*definition\.ts: successors\[1\]\.effort: gpt-6-luna/;
  expect(() => checkDefinitions([product])).toThrow(lines);
});

it('a model of another server is taken with the parameters of the family that config names', () => {
  const likes = { 'llama-3.3': 'gpt-4o' };
  expect(() => check(settings({ name: 'llama-3.3', temperature: 0.8 }), likes)).not.toThrow();
  expect(() => check(settings({ name: 'llama-3.3', effort: 'low' }), likes)).toThrow(
    'model.effort',
  );
  // it only behaves like that family: it does not end with it
  expect(profileOf('llama-3.3', likes)).toMatchObject({ family: 'llama-3.3', lastDay: null });
  expect(() => check(settings({ name: 'x' }), { x: 'gpt-9' })).toThrow(
    'MODEL_PROFILES: x is like gpt-9, which has no row; choose one of gpt-4o',
  );
});

it('a model of config in place of all is looked for too', () => {
  expect(() => checkDefinitions(catalogue.definitions, {}, 'gpt-9')).toThrow(
    /OPENAI_MODEL: nobody/,
  );
  expect(() => checkDefinitions(catalogue.definitions, {}, 'gpt-6-luna')).not.toThrow();
});

it('a snapshot has the profile of its family, and of no other', () => {
  expect(profileOf('gpt-4o-2024-08-06')?.family).toBe('gpt-4o');
  expect(profileOf('gpt-4o-mini-2024-07-18')?.family).toBe('gpt-4o-mini');
  for (const name of ['gpt-4o-audio', 'gpt-4o-2024', 'constructor', '', 'gpt-4']) {
    expect(profileOf(name)).toBeNull();
  }
  expect(profileOf('gpt-4o')?.lastDay).toBe('2027-01-14');
});

it('whatever is taken at start is taken by the provider’s stand-in, in every family and with every setting', () => {
  const refused: unknown[] = [];
  let taken = 0;
  for (const { family, outputTokens } of PROFILES) {
    for (const effort of [undefined, ...EFFORTS]) {
      for (const temperature of [undefined, 0, 0.8, 1, 2]) {
        for (const serviceTier of ['default', 'flex'] as const) {
          for (const maxTokens of [1, 12_000, outputTokens]) {
            const model = { name: family, maxTokens, serviceTier, effort, temperature };
            if (flawsOf(model).length > 0) continue;
            taken += 1;
            const body = { messages: [], ...samplingOf(model, knownProfile(model, {})) };
            const refusal = refusalOf(body, familyNamed(family));
            if (refusal !== null) refused.push([model, refusal.body.error.message]);
          }
        }
      }
    }
  }
  expect(refused).toEqual([]);
  expect(taken).toBeGreaterThan(500);
});
