/** A small product, a paid order of it, and a store in a folder of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogueOf, definitionOf, FACTS, orderOf } from '../../simulation/shop.ts';
import type { StepPlan } from '../../src/domain/call-plan.ts';
import { type ModelCall, newCall } from '../../src/domain/model-call.ts';
import type { Order } from '../../src/domain/order.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import type { ProductDefinition, QueueName } from '../../src/domain/product.ts';
import { newReport, type Report } from '../../src/domain/report.ts';
import type { Section } from '../../src/domain/section.ts';
import { openStore } from '../../src/store/open-store.ts';

export const STEPS = 4;
export const ANSWERS = 8;
export { catalogueOf, FACTS };

export function sampleDefinition(change: Partial<ProductDefinition> = {}): ProductDefinition {
  const steps = change.steps ?? STEPS;
  return {
    ...definitionOf('blueprint'),
    title: 'Blueprint',
    limits: { callMs: 1_000, softMs: 60_000, hardMs: 66_000 },
    steps,
    answers: steps * 2,
    plan: () => ({ system: '', person: [], steps: stepPlans(steps), digest: null }),
    ...change,
  };
}

function stepPlans(count: number): StepPlan[] {
  return Array.from({ length: count }, (_, index) => {
    const step = index + 1;
    const questions = ['a', 'b'].map((part) => ({ id: `s${step}-${part}`, text: 'Why?' }));
    return {
      step,
      needs: [],
      voice: '',
      instructions: '',
      groups: [{ title: '', facts: [], questions }],
    };
  });
}

export function sampleOrder(id: string, productIds: string[] = ['blueprint']): Order {
  const at = new Date();
  return {
    ...orderOf(id, true, at),
    state: 'paid',
    products: productIds.length > 1 ? ['bundle'] : productIds,
    items: productIds.map((productId) => ({ productId, amountMinor: 1900 })),
    amountMinor: 1900,
    paidAt: at.toISOString(),
  };
}

export function sampleReport(orderId: string, change: Partial<Report> = {}): Report {
  const productId = change.productId ?? 'blueprint';
  const definition = sampleDefinition({ id: productId, queue: productId as QueueName });
  const now = new Date();
  const times = { now, deadline: new Date(now.getTime() + 3_600_000) };
  return { ...newReport(orderId, definition, times), ...change };
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

/** A call that is still open. */
export function sampleCall(report: Report, step: number): ModelCall {
  const { id: reportId, orderId, fence, model } = report;
  const id = `call_${reportId}_${step}_${fence}`;
  const asked = ['a', 'b'].map((part) => `s${step}-${part}`);
  return newCall({ id, reportId, orderId, edition: 1, step, fence, model, asked }, new Date());
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
