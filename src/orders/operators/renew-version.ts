/**
 * What a report whose model is gone continues with, once an operator releases it: a model that its own plan may be
 * finished with; only if none lives, its product's newest version, with the sections that fit it.
 */
import { questionsOf } from '../../domain/call-plan.ts';
import type { Catalogue } from '../../domain/catalogue.ts';
import type { Store } from '../../domain/ports/store.ts';
import type { ProductDefinition } from '../../domain/product.ts';
import { editionOf, MODEL_GONE, type Report, type ReportChange } from '../../domain/report.ts';
import { livingModel, mayAnswer, readModelDays } from '../model-days.ts';
import { successionText } from '../succeed-model.ts';

/** What changes in a report with its model or version, and the same in words for the audit. */
export interface Renewal {
  change: ReportChange;
  detail: string;
  /** finished steps that would be asked, and paid for, once more */
  askedAgain: number;
}

export interface RenewVersionDeps {
  store: Pick<Store, 'orders' | 'sections' | 'facts' | 'models'>;
  catalogue: Catalogue;
  clock: () => Date;
}

/**
 * @returns null if the model is not gone, or if there is neither a living model nor a newer version: then the old one
 *   is tried again
 */
export async function renewVersion(
  deps: RenewVersionDeps,
  report: Report,
): Promise<Renewal | null> {
  if (report.reason !== MODEL_GONE) return null;
  const { catalogue, clock } = deps;
  const definition = catalogue.definition(report.productId, report.version);
  const days = await readModelDays(deps);
  if (definition !== null) {
    const refusedAt = report.heldAt ?? report.createdAt;
    const model = livingModel(report, definition, refusedAt, days, clock());
    if (model !== null) {
      const successor = model.name === report.model ? null : model.name;
      return { change: { successor }, detail: successionText(report, model), askedAgain: 0 };
    }
  }
  const { name } = catalogue.newest(report.productId).model;
  return mayAnswer(days, name, clock()) ? newestVersion(deps, report) : null;
}

async function newestVersion(
  { store, catalogue }: RenewVersionDeps,
  report: Report,
): Promise<Renewal | null> {
  const newest = catalogue.newest(report.productId);
  const { version, steps, answers } = newest;
  const model = newest.model.name;
  if (version === report.version && model === report.model) return null;
  const fromStep = await firstMisfit(store, report, newest);
  const next = { edition: editionOf(report) + 1, fromStep: fromStep ?? 1 };
  const editions = fromStep === null ? report.editions : [...report.editions, next];
  const finished = await store.sections.steps(report);
  const askedAgain = fromStep === null ? 0 : finished.filter((step) => step >= fromStep).length;
  const kept =
    fromStep === null
      ? 'every section is kept'
      : `asked again from step ${fromStep}, ${askedAgain} of ${finished.length} finished steps`;
  return {
    change: { version, model, successor: null, steps, answers, editions },
    detail: `version ${report.version} with ${report.successor ?? report.model} -> ${version} with ${model}, ${kept}`,
    askedAgain,
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
