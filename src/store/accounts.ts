/**
 * What a day, a month and a report have cost, whether a cap bounds them or not: so a cap that is set late counts
 * what was spent before.
 */
import type { Account, SpendAccount, SpendStore, UsageDay, UsageReport } from '../domain/spend.ts';
import type { Collection } from './collection.ts';

/** The call's row follows before the call is sent: a crash that loses the reservation loses that row too. */
const WITH_ROW = { withNext: true } as const;

type Accounts = Pick<SpendStore, 'reserve' | 'release' | 'find'>;

export function createAccounts({
  spend,
  usage,
  report_usage: byReport,
}: {
  spend: Collection<SpendAccount>;
  usage: Pick<Collection<UsageDay>, 'find'>;
  report_usage: Pick<Collection<UsageReport>, 'findOne'>;
}): Accounts {
  /** What the books have on an account that nobody kept, or only kept since its cap was set. */
  async function booked(key: string): Promise<number> {
    const reportId = /^report-(.+)$/.exec(key)?.[1];
    if (reportId) return (await byReport.findOne({ reportId }))?.costMicros ?? 0;
    const begins = /^(?:day|month)-(\d{4}-\d{2}(?:-\d{2})?)$/.exec(key)?.[1];
    if (!begins) return 0;
    // a day's own name, or the names of a month's days: none is above its `-31`
    const rows = await usage.find({ day: { gte: begins, lte: `${begins}-31` } }, ['day']);
    return rows.reduce((total, { costMicros }) => total + costMicros, 0);
  }

  /** Sees to it that the account is there and whole. Of many at once one writes it. */
  async function makeWhole(key: string, row: SpendAccount | null): Promise<void> {
    const before = await booked(key);
    if (row === null) {
      await spend.insert({ key, committedMicros: before, whole: true });
      return;
    }
    const missing = Math.max(0, before - row.committedMicros);
    await spend.update(
      { key, whole: null, committedMicros: row.committedMicros },
      { set: { whole: true }, inc: { committedMicros: missing } },
    );
  }

  /** @returns the account with the amount added, or null if it would exceed its cap */
  async function add({ key, capMicros }: Account, micros: number): Promise<SpendAccount | null> {
    const room = capMicros === null ? {} : { committedMicros: { lte: capMicros - micros } };
    for (;;) {
      const where = { key, whole: true, ...room };
      const added = await spend.update(where, { inc: { committedMicros: micros } }, [], WITH_ROW);
      if (added) return added;
      const row = await spend.findOne({ key });
      if (row?.whole) return null;
      await makeWhole(key, row);
    }
  }

  const release: Accounts['release'] = async (keys, micros) => {
    for (const key of keys) await spend.update({ key }, { inc: { committedMicros: -micros } });
  };

  return {
    async reserve(accounts, micros) {
      // together: SQLite makes one transaction of them
      const added = await Promise.all(accounts.map((account) => add(account, micros)));
      const refused = accounts.find((_, index) => added[index] === null);
      const there = added.filter((account) => account !== null);
      if (!refused) return { refusedBy: null, accounts: there };
      await release(
        there.map(({ key }) => key),
        micros,
      );
      return { refusedBy: { ...refused, capMicros: refused.capMicros ?? 0 } };
    },
    release,
    async find(key) {
      const row = await spend.findOne({ key });
      if (row?.whole) return row;
      const committedMicros = Math.max(row?.committedMicros ?? 0, await booked(key));
      return row || committedMicros > 0 ? { key, committedMicros } : null;
    },
  };
}
