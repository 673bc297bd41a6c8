/** The route of the place search with the real table, without the rest of the API. */
import Fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlaces } from '../../../src/astrology/places.ts';
import { placeRoutes } from '../../../src/http/checkout/places.ts';

let app: FastifyInstance;
beforeAll(async () => {
  app = Fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(placeRoutes({ places: openPlaces() }));
});
afterAll(() => app.close());

async function answer(query: string) {
  const url = `/v1/places?q=${encodeURIComponent(query)}&limit=8`;
  return (await app.inject({ url })).json();
}

test('eight Springfields can be told apart by region and population', async () => {
  const { places, ignored } = await answer('Springfield');
  const shown = places.map(
    ({ region, population }: Record<string, unknown>) => `${region}: ${population}`,
  );
  expect(shown[0]).toBe('Missouri: 170188');
  expect(new Set(shown).size).toBe(8);
  expect(ignored).toBeNull();
});

test('a part of the query that fits nothing is named in the answer', async () => {
  const { places, ignored } = await answer('Lyon, Narnia');
  expect(ignored).toBe('Narnia');
  expect(places[0]).toMatchObject({ name: 'Lyon', region: 'Auvergne-Rhône-Alpes', country: 'FR' });
});

test('what is not known of a place is null', async () => {
  const { places } = await answer('Hackney, London');
  expect(places[0]).toMatchObject({ name: 'Hackney', population: null });
  const { places: inHongKong } = await answer('香港');
  expect(inHongKong[0]).toMatchObject({ name: 'Hong Kong', region: null });
});
