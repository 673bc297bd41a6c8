/** A report whose model has ended continues with one of its definition's successors: no finished step is asked again. */
import { auditEntry } from '../domain/audit.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import type { Store } from '../domain/ports/store.ts';
import type { ModelSettings } from '../domain/product.ts';
import { deadlineAfterHold, FRESH, MODEL_GONE, type Report } from '../domain/report.ts';
import { nextModel, readModelDays } from './model-days.ts';
import type { Needs } from './needs.ts';

export interface SucceedModelDeps extends Needs<'log' | 'clock'> {
  store: Pick<Store, 'models' | 'audit' | 'reports' | 'orders'>;
  catalogue: Pick<Catalogue, 'definition' | 'knownLastDay'>;
}

/** @returns the next model of a report whose own was refused; null: none lives, or this build lacks its version */
export async function findSuccessor(
  deps: Pick<SucceedModelDeps, 'catalogue' | 'clock'> & {
    store: Pick<Store, 'models'>;
  },
  report: Report,
): Promise<ModelSettings | null> {
  const definition = deps.catalogue.definition(report.productId, report.version);
  if (definition === null) return null;
  return nextModel(report, definition, await readModelDays(deps), deps.clock());
}

/** For the audit. */
export function successionText(report: Report, model: ModelSettings): string {
  const had = report.successor ?? report.model;
  return `version ${report.version} with ${had} -> ${model.name}, every section is kept`;
}

/** An act of the system's own. An operator hears of it by the alarm about the model. */
export async function auditSuccession(
  { store, log, clock }: Pick<SucceedModelDeps, 'log' | 'clock'> & { store: Pick<Store, 'audit'> },
  report: Report,
  model: ModelSettings,
): Promise<void> {
  const { id: reportId, orderId } = report;
  const detail = successionText(report, model);
  log.warn({ reportId, detail }, 'a report continues with another model');
  const entry = { actor: 'worker', action: 'succeed', orderId, reportId, detail };
  await store.audit.append(auditEntry(entry, clock()));
}

/**
 * Lets a report that is held for its model continue by itself, if a successor lives. Not one that nobody pays for.
 * @returns whether it does
 */
export async function releaseToSuccessor(deps: SucceedModelDeps, report: Report): Promise<boolean> {
  const { store, clock } = deps;
  if (report.reason !== MODEL_GONE) return false;
  const model = await findSuccessor(deps, report);
  if (model === null) return false;
  const order = await store.orders.find(report.orderId);
  if (!order || order.disputedAt || order.withdrawnAt) return false;
  const now = clock();
  const deadline = deadlineAfterHold(report, now);
  const change = { ...FRESH, deadline, successor: model.name };
  const moved = await store.reports.move(report.id, report.fence, 'waiting', now, change);
  if (moved === null) return false; // somebody else has moved it
  await auditSuccession(deps, report, model);
  return true;
}
