/** Accounts that another process begins at the same moment. */
import { expect, test } from 'vitest';
import type { SpendAccount } from '../../src/domain/spend.ts';
import { createAccounts } from '../../src/store/accounts.ts';
import type { Collection } from '../../src/store/collection.ts';

/** The row appears right after the first look for it. */
function racing(row: SpendAccount) {
  let looks = 0;
  const spend = {
    async update(where: { committedMicros?: { lte: number } }, change: { inc?: object }) {
      looks += 1;
      const most = where.committedMicros?.lte ?? Number.POSITIVE_INFINITY;
      if (looks === 1 || row.committedMicros > most) return null;
      const { committedMicros = 0 } = change.inc as Partial<SpendAccount>;
      return { ...row, committedMicros: row.committedMicros + committedMicros };
    },
    findOne: async () => row,
  } as unknown as Collection<SpendAccount>;
  return createAccounts({
    spend,
    usage: { find: async () => [] },
    report_usage: { findOne: async () => null },
  });
}
const row = { key: 'day-2027-01-01', committedMicros: 50, whole: true };
const account = (capMicros: number | null) => ({ key: row.key, cap: 'day', capMicros }) as const;

test('a call is not refused because another process begins the same account at that moment', async () => {
  expect(await racing(row).reserve([account(null)], 10)).toMatchObject({ refusedBy: null });
  expect(await racing(row).reserve([account(100)], 10)).toMatchObject({ refusedBy: null });
});

test('a call that does not fit is refused all the same', async () => {
  const { refusedBy } = await racing(row).reserve([account(55)], 10);
  expect(refusedBy).toMatchObject({ cap: 'day', capMicros: 55 });
});
