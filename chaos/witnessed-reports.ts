/**
 * The store's reports with a witness. It records each write accepted under a stale fence, and each run
 * that was cut short: killed, suspended or without its lock.
 */
import { appendFileSync } from 'node:fs';
import type { Report, ReportStore } from '../src/domain/report.ts';
import { createReportStore as createReal } from '../src/store/reports.ts';
import type { Seen } from './witness.ts';

const file = process.env.CHAOS_WITNESS ?? '';

export function createReportStore(collections: Parameters<typeof createReal>[0]): ReportStore {
  const reports = createReal(collections);

  function note(seen: Seen): void {
    appendFileSync(file, `${JSON.stringify(seen)}\n`);
  }
  function witness(id: string, fence: number, written: Report | null): Report | null {
    if (written !== null && written.fence !== fence) note({ what: 'stale-write', id, fence });
    return written;
  }

  return {
    ...reports,
    async claim(id, now) {
      const before = await reports.find(id);
      const claimed = await reports.claim(id, now);
      // a run that ended by itself would have left the state `waiting`
      const succeeds = before && claimed?.fence === before.fence + 1;
      if (succeeds && before.state !== 'waiting') {
        note({ what: 'interrupted', id, fence: before.fence });
      }
      return claimed;
    },
    async move(id, fence, to, now, change) {
      const moved = witness(id, fence, await reports.move(id, fence, to, now, change));
      if (moved && to === 'waiting' && change?.reason === 'lock_lost') {
        note({ what: 'interrupted', id, fence });
      }
      return moved;
    },
    change: async (id, fence, ...rest) =>
      witness(id, fence, await reports.change(id, fence, ...rest)),
  };
}
