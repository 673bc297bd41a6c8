/** A report whose model is gone continues under its product's newest version; sections that fit it are kept. */
import { questionsOf } from '../../domain/call-plan.ts';
import type { Catalogue } from '../../domain/catalogue.ts';
import type { Store } from '../../domain/ports/store.ts';
import type { ProductDefinition } from '../../domain/product.ts';
import { editionOf, type Report, type ReportChange } from '../../domain/report.ts';

/** What changes in a report with its version, and the same in words for the audit. */
export interface Renewal {
  change: ReportChange;
  detail: string;
}

/** Reason of a report that is held because the provider no longer has its model. */
const MODEL_GONE = 'openai_model';

export interface RenewVersionDeps {
  store: Pick<Store, 'orders' | 'sections' | 'facts'>;
  catalogue: Catalogue;
}

/**
 * @returns null if the model is not gone, or if there is neither a newer version nor another model: then
 *   the old one is tried again
 */
export async function renewVersion(
  { store, catalogue }: RenewVersionDeps,
  report: Report,
): Promise<Renewal | null> {
  if (report.reason !== MODEL_GONE) return null;
  const newest = catalogue.newest(report.productId);
  const { version, steps, answers } = newest;
  const model = newest.model.name;
  if (version === report.version && model === report.model) return null;
  const fromStep = await firstMisfit(store, report, newest);
  const next = { edition: editionOf(report) + 1, fromStep: fromStep ?? 1 };
  const editions = fromStep === null ? report.editions : [...report.editions, next];
  const kept = fromStep === null ? 'every section is kept' : `asked again from step ${fromStep}`;
  return {
    change: { version, model, steps, answers, editions },
    detail: `version ${report.version} with ${report.model} -> ${version} with ${model}, ${kept}`,
  };
}

/** @returns the first step whose section does not hold what this version asks there; null: they all do */
async function firstMisfit(
  store: RenewVersionDeps['store'],
  report: Report,
  definition: ProductDefinition,
): Promise<number | null> {
  const facts = await store.facts.find(report.id);
  const order = await store.orders.find(report.orderId);
  if (facts === null || order === null) return null; // no run got as far as its first question
  const plan = definition.plan(facts, order.subject);
  const asked = new Map(
    plan.steps.map((step) => [step.step, questionsOf(step).map(({ id }) => id)]),
  );
  for await (const { step, answers } of store.sections.read(report)) {
    if (asked.get(step)?.join() !== answers.map(({ id }) => id).join()) return step;
  }
  return null;
}
