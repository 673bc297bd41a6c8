/** Which model a run asks, and what becomes of a report whose model the provider no longer has. */
import { NeedsOperator } from '../src/domain/errors.ts';
import type { Store } from '../src/domain/ports/store.ts';
import type { ModelSettings, ProductDefinition } from '../src/domain/product.ts';
import { MODEL_GONE, type Report } from '../src/domain/report.ts';
import { readModelDays, settingsOf } from '../src/orders/model-days.ts';
import {
  auditSuccession,
  findSuccessor,
  type SucceedModelDeps,
} from '../src/orders/succeed-model.ts';

export interface ChooseModelDeps extends Omit<SucceedModelDeps, 'store'> {
  store: Pick<Store, 'models' | 'audit' | 'reports'>;
}

/**
 * The model for a run's calls. If the provider is known to have ended the report's, and a successor lives, that is
 * written to the report first. Without a successor the old one is asked: the provider decides.
 * @returns null when the report no longer belongs to this run
 */
export async function chooseModel(
  deps: ChooseModelDeps,
  report: Report,
  definition: ProductDefinition,
): Promise<ModelSettings | null> {
  const model = settingsOf(report, definition);
  if ((await readModelDays(deps)).goneSince(model.name) === null) return model;
  const next = await findSuccessor(deps, report);
  if (next === null) return model;
  const change = { successor: next.name };
  const changed = await deps.store.reports.change(report.id, report.fence, change);
  if (changed === null) return null;
  await auditSuccession(deps, report, next);
  return next;
}

/**
 * After a run's fault: if the provider has just said that it has no such model, remembers that for every report.
 * @returns the model that this report continues with; null: another fault, or nothing lives
 */
export async function afterModelGone(
  deps: ChooseModelDeps,
  report: Report,
  cause: unknown,
): Promise<ModelSettings | null> {
  if (!(cause instanceof NeedsOperator) || cause.code !== MODEL_GONE) return null;
  const definition = deps.catalogue.definition(report.productId, report.version);
  if (definition === null) return null;
  await deps.store.models.isGone(settingsOf(report, definition).name, deps.clock());
  return findSuccessor(deps, report);
}
