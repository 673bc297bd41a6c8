/** A small product, a paid order of it, and a store in a folder of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StepPlan } from '../../src/domain/call-plan.ts';
import { reportIdOf } from '../../src/domain/ids.ts';
import type { ModelCall } from '../../src/domain/model-call.ts';
import type { Order } from '../../src/domain/order.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import type { Catalogue, ProductDefinition, QueueName } from '../../src/domain/product.ts';
import type { Report } from '../../src/domain/report.ts';
import type { Section } from '../../src/domain/section.ts';
import { BODIES, type BodyPosition, type ReportFacts } from '../../src/domain/sky.ts';
import { openStore } from '../../src/store/open-store.ts';

export const STEPS = 4;
export const ANSWERS = 8;

const position: BodyPosition = {
  longitude: 0,
  latitude: 0,
  speed: 1,
  retrograde: false,
  sign: 'Aries',
  degree: 0,
  house: null,
  dignity: null,
};

export const FACTS: ReportFacts = {
  ephemeris: 'sample',
  chart: {
    utc: '1990-01-01T12:00:00Z',
    timeKnown: false,
    zodiac: 'tropical',
    houseSystem: 'placidus',
    houseSystemUsed: null,
    bodies: Object.fromEntries(
      BODIES.map((body) => [body, position]),
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

export function sampleDefinition(change: Partial<ProductDefinition> = {}): ProductDefinition {
  const steps = change.steps ?? STEPS;
  return {
    id: 'blueprint',
    version: 1,
    title: 'Blueprint',
    summary: 'A sample.',
    queue: 'blueprint',
    price: { currency: 'usd', amountMinor: 1900 },
    caller: 'completion',
    model: { name: 'gpt-4o', maxTokens: 12_000, temperature: 0.8, serviceTier: 'default' },
    answerLength: { target: { min: 1, max: 9 }, hard: { min: 1, max: 99 } },
    limits: { callMs: 1_000, softMs: 60_000, hardMs: 66_000 },
    width: 2,
    concurrency: 2,
    steps,
    answers: steps * 2,
    pages: null,
    gatherFacts: () => FACTS,
    plan: () => ({ system: '', person: [], steps: stepPlans(steps), digest: null }),
    document: (_facts, subject) => ({
      info: {
        title: subject.birth.name,
        author: '',
        subject: '',
        language: 'en',
        createdAt: '2026-01-01T00:00:00Z',
        pages: null,
        partsPerChunk: 1,
      },
      parts: (async function* () {})(),
    }),
    ...change,
  };
}

function stepPlans(count: number): StepPlan[] {
  return Array.from({ length: count }, (_, index) => {
    const step = index + 1;
    const questions = ['a', 'b'].map((part) => ({ id: `s${step}-${part}`, text: 'Why?' }));
    return { step, voice: '', instructions: '', groups: [{ title: '', facts: [], questions }] };
  });
}

export function catalogueOf(...products: ProductDefinition[]): Catalogue {
  return {
    products,
    bundles: [
      {
        id: 'bundle',
        title: 'Bundle',
        summary: '',
        price: { currency: 'usd', amountMinor: 4900 },
        products: products.map((product) => product.id),
      },
    ],
    definition: (id, version) =>
      products.find((product) => product.id === id && product.version === version) ?? null,
  };
}

export function sampleOrder(id: string, productIds: string[] = ['blueprint']): Order {
  const place = { name: 'Oslo', latitude: 60, longitude: 10, timeZone: 'Europe/Oslo' };
  const at = new Date().toISOString();
  return {
    id,
    state: 'paid',
    revision: 1,
    email: 'ada@example.com',
    products: productIds.length > 1 ? ['bundle'] : productIds,
    items: productIds.map((productId) => ({ productId, amountMinor: 1900 })),
    currency: 'usd',
    amountMinor: 1900,
    refundedMinor: 0,
    subject: {
      birth: {
        name: 'Ada',
        date: '1990-01-01',
        time: null,
        place,
        utc: '1990-01-01T11:00:00Z',
        offsetSeconds: 3600,
      },
      reportYear: { startDate: '2026-01-01', timeZone: 'Europe/Oslo' },
      houseSystem: 'placidus',
      zodiac: 'tropical',
    },
    checkoutSessionId: null,
    checkoutUrl: null,
    paymentIntentId: null,
    accessGeneration: 1,
    createdAt: at,
    paidAt: at,
    settledAt: null,
  };
}

export function sampleReport(orderId: string, change: Partial<Report> = {}): Report {
  const productId = change.productId ?? 'blueprint';
  return {
    id: reportIdOf(orderId, productId),
    orderId,
    productId,
    version: 1,
    model: 'gpt-4o',
    queue: productId as QueueName,
    state: 'waiting',
    reason: null,
    steps: STEPS,
    answers: ANSWERS,
    editions: [{ edition: 1, fromStep: 1 }],
    fence: 0,
    attempts: 0,
    crashes: 0,
    snoozes: 0,
    notBefore: null,
    deadline: new Date(Date.now() + 3_600_000).toISOString(),
    runningMs: 0,
    runStartedAt: null,
    heldAt: null,
    pdf: null,
    createdAt: new Date().toISOString(),
    settledAt: null,
    ...change,
  };
}

export function sampleSection(report: Report, step: number): Section {
  return {
    reportId: report.id,
    orderId: report.orderId,
    edition: 1,
    step,
    answers: ['a', 'b'].map((part) => ({ id: `s${step}-${part}`, text: `Because of ${step}.` })),
    model: report.model,
    calls: 1,
    costMicros: 1,
    tokensIn: 1,
    tokensCached: 0,
    tokensOut: 1,
    completedAt: new Date().toISOString(),
  };
}

/** A call that is open still. */
export function sampleCall(report: Report, step: number): ModelCall {
  return {
    id: `call_${report.id}_${step}_${report.fence}`,
    reportId: report.id,
    orderId: report.orderId,
    edition: 1,
    step,
    fence: report.fence,
    model: report.model,
    asked: ['a', 'b'].map((part) => `s${step}-${part}`),
    outcome: null,
    fault: null,
    answered: [],
    costMicros: 0,
    tokensIn: 0,
    tokensCached: 0,
    tokensOut: 0,
    latencyMs: null,
    raw: null,
    openedAt: new Date().toISOString(),
    closedAt: null,
  };
}

/** A SQLite store and a scratch folder, removed by `close`. */
export async function openSample(): Promise<{
  store: Store;
  folder: string;
  databaseUrl: string;
  close(): Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-workers-'));
  const databaseUrl = `sqlite:${join(folder, 'almanac.db')}`;
  const store = await openStore(databaseUrl);
  return {
    store,
    folder,
    databaseUrl,
    async close() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
