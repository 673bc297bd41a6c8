/** The simulated shop's goods and customers: small products of the same shape, and orders for them. */
import type { Birth, ResolvedBirth } from '../src/domain/birth.ts';
import { questionsOf } from '../src/domain/call-plan.ts';
import { type Catalogue, createCatalogue } from '../src/domain/catalogue.ts';
import { newOrder, type Order } from '../src/domain/order.ts';
import type { ProductDefinition, QueueName } from '../src/domain/product.ts';
import { BODIES, type ReportFacts } from '../src/domain/sky.ts';

export const WIDTH = 2;
const STEPS = 4;
/** Orders of it, and of the bundle, have a grace. */
const WITH_GRACE: QueueName = 'life-clarity';
const PRODUCTS: readonly QueueName[] = ['blueprint', 'life-clarity'];

// Nothing here looks at the sky: the facts only have to be there.
export const FACTS: ReportFacts = {
  ephemeris: 'simulated',
  chart: {
    utc: '1990-01-01T12:00:00Z',
    timeKnown: false,
    zodiac: 'tropical',
    houseSystem: 'placidus',
    houseSystemUsed: null,
    bodies: Object.fromEntries(
      BODIES.map((body) => [body, blank()]),
    ) as ReportFacts['chart']['bodies'],
    angles: null,
    houses: null,
    aspects: [],
    patterns: [],
    balance: {
      elements: { fire: 0, earth: 0, air: 0, water: 0 },
      qualities: { cardinal: 0, fixed: 0, mutable: 0 },
    },
    ruler: null,
    moonPhase: { name: 'Full Moon', angle: 180, illumination: 1 },
    moonRange: null,
  },
  periods: [],
  year: [],
};

function blank(): ReportFacts['chart']['bodies'][(typeof BODIES)[number]] {
  return {
    longitude: 0,
    latitude: 0,
    speed: 1,
    retrograde: false,
    sign: 'Aries',
    degree: 0,
    house: null,
    dignity: null,
  };
}

export function definitionOf(id: QueueName): ProductDefinition {
  const steps = Array.from({ length: STEPS }, (_, index) => {
    const questions = [{ id: `${id}-${index + 1}`, text: 'Why?' }];
    return {
      step: index + 1,
      needs: [],
      voice: '',
      instructions: '',
      groups: [{ title: '', facts: [], questions }],
    };
  });
  return {
    id,
    version: 1,
    title: id,
    summary: '',
    queue: id,
    price: { currency: 'usd', amountMinor: 1_000 },
    caller: 'completion',
    model: { name: 'gpt-4o', maxTokens: 1_000, temperature: 0.8, serviceTier: 'default' },
    successors: [],
    answerLength: { target: { min: 1, max: 9 }, hard: { min: 1, max: 99 } },
    limits: { callMs: 120_000, softMs: 86_400_000, hardMs: 90_000_000 },
    promisedMs: 86_400_000,
    ...(id === WITH_GRACE && { grace: 'long' }),
    width: WIDTH,
    concurrency: 2,
    steps: STEPS,
    answers: steps.flatMap(questionsOf).length,
    pages: null,
    gatherFacts: ({ birth }) => ({ ...FACTS, chart: { ...FACTS.chart, utc: birth.utc } }),
    plan: ({ chart }) => ({ system: '', person: [chart.utc], steps, digest: null }),
    document: (_facts, subject) => ({
      info: {
        title: subject.birth.utc,
        author: '',
        subject: '',
        language: 'en',
        createdAt: '2026-01-01T00:00:00Z',
        pages: null,
        partsPerChunk: 1,
      },
      parts: (async function* () {})(),
    }),
  };
}

/** @returns a catalogue of these, and of a bundle of them all */
export function catalogueOf(...definitions: ProductDefinition[]): Catalogue {
  const products = definitions.map(({ id }) => id);
  const price = { currency: 'usd', amountMinor: 1_500 };
  return createCatalogue(definitions, [
    { id: 'bundle', title: 'Bundle', summary: '', price, products },
  ]);
}
export const catalogue = catalogueOf(...PRODUCTS.map(definitionOf));

const BIRTH = {
  name: 'Ada',
  date: '1990-01-01',
  time: null,
  place: { name: 'Oslo', latitude: 60, longitude: 10, timeZone: 'Europe/Oslo' },
} satisfies Birth;

/** Another day of the same month than the order was placed with. @param day 2 to 28 */
export function birthOn(day: number): Birth {
  return { ...BIRTH, date: `1990-01-${String(day).padStart(2, '0')}` };
}

export function resolveBirth(birth: Birth): ResolvedBirth {
  return { ...birth, utc: `${birth.date}T11:00:00Z`, offsetSeconds: 3_600 };
}

/** @param single one product; else the bundle */
export function orderOf(id: string, single: boolean, at: Date): Order {
  const items = PRODUCTS.slice(0, single ? 1 : 2).map((productId) => ({
    productId,
    amountMinor: 1_000,
  }));
  return newOrder(
    {
      id,
      email: 'ada@example.com',
      products: single ? [PRODUCTS[0] ?? ''] : ['bundle'],
      items,
      currency: 'usd',
      amountMinor: items.length * 1_000,
      subject: {
        birth: resolveBirth(BIRTH),
        reportYear: { startDate: '2026-01-01', timeZone: 'Europe/Oslo' },
        houseSystem: 'placidus',
        zodiac: 'tropical',
      },
    },
    at,
  );
}
