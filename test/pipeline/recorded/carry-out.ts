/** Carries out a report with the recorder as its model, as a worker would after its claim. */
import { reportIdOf } from '../../../src/domain/ids.ts';
import type { Order } from '../../../src/domain/order.ts';
import { PRODUCTION_TIMINGS } from '../../../src/domain/patience.ts';
import type { Store } from '../../../src/domain/ports/store.ts';
import type { ProductDefinition } from '../../../src/domain/product.ts';
import { newReport, type Report } from '../../../src/domain/report.ts';
import { createLlm } from '../../../src/llm/create-llm.ts';
import { createRunSteps } from '../../../src/pipeline/run-steps.ts';
import { catalogue } from '../../../src/products/catalogue.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { factsOf, subjectOf } from '../../products/sample.ts';
import { sampleOrder } from '../../workers/sample.ts';
import { type Recorder, startRecorder } from './recorder.ts';

export const PRODUCTS = ['life-clarity', 'blueprint', 'personal-horoscope'] as const;
export type ProductId = (typeof PRODUCTS)[number];

const SUBJECT = subjectOf();
const FACTS = {
  ...factsOf(SUBJECT),
  progressedMoon: {
    from: { sign: 'Leo', degree: 4.2, house: 11 },
    to: { sign: 'Leo', degree: 16.9, house: 12 },
  },
} as const;

export function definitionV1(productId: ProductId) {
  const definition = catalogue.definition(productId, 1);
  if (definition === null) throw new Error(`this build lacks ${productId} 1`);
  return definition;
}

function orderIdOf({ id }: ProductDefinition): string {
  return `ord_old_${id}`;
}

/** A paid order of one product, and its report, whose facts are stored. */
export async function place(store: Store, definition: ProductDefinition): Promise<void> {
  const { id: productId } = definition;
  const orderId = orderIdOf(definition);
  const order: Order = { ...sampleOrder(orderId, [productId]), subject: SUBJECT };
  await store.orders.insert(order);
  const times = { now: new Date(), deadline: new Date(Date.now() + 86_400_000) };
  const report = newReport(orderId, definition, times);
  await store.reports.upsert([report]);
  await store.facts.insert(report.id, orderId, FACTS);
}

/**
 * Claims the report and asks what is missing.
 * @param after stop, as a deploy would, when this many sections have been saved; left out: finish
 * @returns what the model was asked, and the report as it was claimed
 */
export async function carryOut(
  store: Store,
  definition: ProductDefinition,
  after = Number.POSITIVE_INFINITY,
): Promise<{ report: Report; requests: Recorder['requests']; perStep: string[] }> {
  const { id: productId } = definition;
  const reportId = reportIdOf(orderIdOf(definition), productId);
  const report = await store.reports.claim(reportId, new Date());
  const facts = report && (await store.facts.find(report.id));
  if (!report || !facts) throw new Error(`the report of ${productId} was not claimed`);
  const order = await store.orders.find(report.orderId);
  if (!order) throw new Error('the order is gone');
  const plan = definition.plan(facts, order.subject);
  const recorder = await startRecorder(plan);
  const stop = new AbortController();
  let saved = 0;
  const wake = () => {
    saved += 1;
    if (saved === after) stop.abort(new Error('closing'));
  };
  const log = createLog({ level: 'silent', pretty: false, process: 'test' });
  const { askStep } = createLlm({
    apiKey: 'sk-test',
    baseUrl: recorder.url,
    modelOverride: null,
    store,
    timings: PRODUCTION_TIMINGS,
    log,
  });
  try {
    const model = { ...definition.model, name: report.model };
    const runSteps = createRunSteps({ store, askStep, signals: { wake }, log });
    await runSteps({ report, definition: { ...definition, model }, plan, signal: stop.signal });
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    await recorder.close();
  }
  return { report, requests: recorder.requests, perStep: recorder.perStep() };
}
