/** Queries as people write them, with the right places, written down beforehand. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { foldName } from '../../src/astrology/place-spelling.ts';
import { openPlaces } from '../../src/astrology/places.ts';

interface Case {
  query: string;
  name: string;
  country: string;
  region?: string;
  ignored?: string;
  first?: boolean;
}
interface Cases {
  listed: Case[];
  kinds: Record<string, Case[]>;
}
const FILE = new URL('./reference/place-queries.json', import.meta.url);
const { listed, kinds }: Cases = JSON.parse(readFileSync(FILE, 'utf8'));
const places = openPlaces();

describe('places as people write them', () => {
  it.each(listed)('"$query" finds $name, $country', check);
});

describe.each(Object.entries(kinds))('%s', (_kind, cases) => {
  it.each(cases)('"$query" finds $name, $country', check);
});

function check({ query, name, country, region, ignored = undefined, first = true }: Case) {
  const found = places.search(query, first ? 1 : 3);
  const shown = found.places.map((place) => `${foldName(place.name)}, ${place.country}`);
  expect(shown).toContain(`${foldName(name)}, ${country}`);
  expect(found.ignored).toBe(ignored ?? null);
  if (region !== undefined) expect(found.places[0]?.region).toBe(region);
}
