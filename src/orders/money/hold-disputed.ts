/** Reports of a disputed order: held while the bank decides, released when the money is ours again. */
import { auditEntry } from '../../domain/audit.ts';
import { graceLeft } from '../../domain/grace.ts';
import type { Order } from '../../domain/order.ts';
import {
  DISPUTED,
  deadlineAfterHold,
  FRESH,
  HELD_BY_OPERATOR,
  type Report,
} from '../../domain/report.ts';
import { isSettled } from '../../domain/transitions.ts';
import type { Needs } from '../needs.ts';

type Deps = Needs<'store' | 'clock'>;

/** Safe to repeat. What an operator holds stays the operator's. @returns ids held now */
export async function holdDisputed(deps: Deps, order: Order): Promise<string[]> {
  const held: string[] = [];
  for (const { id } of await deps.store.reports.ofOrder(order.id)) {
    for (;;) {
      const report = await deps.store.reports.find(id);
      if (!report || isSettled(report.state)) break;
      if (report.state === 'held' && [DISPUTED, HELD_BY_OPERATOR].includes(report.reason ?? '')) {
        break;
      }
      if (!(await hold(deps, report))) continue; // a run has moved it meanwhile
      held.push(id);
      break;
    }
  }
  await note(deps, order, 'hold', held);
  return held;
}

/** Held for another cause before: since then its deadline stands still. */
function hold({ store, clock }: Deps, { id, fence, state }: Report): Promise<Report | null> {
  const change = { reason: DISPUTED };
  if (state === 'held') return store.reports.change(id, fence, change);
  return store.reports.move(id, fence, 'held', clock(), change);
}

/** With the time that they had left; the sweeper adds their jobs. @returns ids released now */
export async function releaseDisputed(deps: Deps, order: Order): Promise<string[]> {
  const { store, clock } = deps;
  const released: string[] = [];
  for (const report of await store.reports.ofOrder(order.id)) {
    if (report.state !== 'held' || report.reason !== DISPUTED) continue;
    const now = clock();
    // also after a dispute, nothing begins before the grace ends
    const notBefore = graceLeft(order, now)?.toISOString() ?? null;
    const change = { ...FRESH, notBefore, deadline: deadlineAfterHold(report, now) };
    const moved = await store.reports.move(report.id, report.fence, 'waiting', now, change);
    if (moved !== null) released.push(report.id);
  }
  await note(deps, order, 'release', released);
  return released;
}

async function note(
  { store, clock }: Deps,
  { id: orderId }: Order,
  action: string,
  reportIds: readonly string[],
): Promise<void> {
  for (const reportId of reportIds) {
    const entry = { actor: 'api', action, orderId, reportId, detail: DISPUTED };
    await store.audit.append(auditEntry(entry, clock()));
  }
}
