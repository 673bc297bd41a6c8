/** An operator sets what model calls may cost, and reports that a cap held continue. */
import { auditEntry } from '../../domain/audit.ts';
import type { Store } from '../../domain/ports/store.ts';
import type { Caps } from '../../domain/spend.ts';
import type { MoveReport } from './move-report.ts';

/** @returns the ids of reports that continue. Caps that are not named stay as they are */
export type SetCaps = (caps: Partial<Caps>) => Promise<string[]>;

/** Reason of a report that a spending cap holds. */
export const HELD_BY_CAP = 'spend_cap';

export interface SetCapsDeps {
  store: Pick<Store, 'spend' | 'audit' | 'reports'>;
  moveReport: MoveReport;
  clock: () => Date;
}

export function createSetCaps({ store, moveReport, clock }: SetCapsDeps): SetCaps {
  async function heldByCap(): Promise<string[]> {
    const ids: string[] = [];
    for await (const { id, reason } of store.reports.inStates(['held'])) {
      if (reason === HELD_BY_CAP) ids.push(id);
    }
    return ids;
  }

  return async (caps) => {
    await store.spend.setCaps(caps);
    const entry = { actor: 'operator', action: 'set_caps', detail: JSON.stringify(caps) };
    await store.audit.append(auditEntry(entry, clock()));
    // a report that does not fit under the new cap either is held again at its next call
    const held = await heldByCap();
    // of a disputed payment, only what was given can have met a cap
    const asked = { why: 'spending cap changed', gift: true };
    for (const id of held) await moveReport('release', id, asked);
    return held;
  };
}
