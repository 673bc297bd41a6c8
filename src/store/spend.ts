/** The books: accounts bounded by caps, the caps that an operator has set, and usage by day. */
import type { CallClosing } from '../domain/model-call.ts';
import type {
  Booking,
  Caps,
  SpendAccount,
  SpendStore,
  UsageDay,
  UsageReport,
} from '../domain/spend.ts';
import { createAccounts } from './accounts.ts';
import type { Collection } from './collection.ts';
import type { Update } from './documents.ts';

/** One row: what an operator has set. */
export interface CapsRow extends Partial<Caps> {
  key: string;
}

export interface UsageRow extends UsageDay {
  /** day, product and model */
  key: string;
}

export interface Books {
  spend: Collection<SpendAccount>;
  spend_caps: Collection<CapsRow>;
  usage: Collection<UsageRow>;
  report_usage: Collection<UsageReport>;
}
const CAPS = 'caps';

export function createSpendStore(books: Books): SpendStore {
  const { spend_caps: stored, usage, report_usage: byReport } = books;

  return {
    ...createAccounts(books),
    async caps() {
      const { key, ...caps } = (await stored.findOne({ key: CAPS })) ?? { key: CAPS };
      return caps;
    },
    async setCaps(caps) {
      await stored.insert({ key: CAPS });
      await stored.update({ key: CAPS }, { set: caps });
    },
    async usage(from, to) {
      const rows = await usage.find({ day: { gte: from, lte: to } }, ['day', 'key']);
      return rows.map(({ key, ...row }) => ({ ...NOT_COUNTED, ...row }));
    },
    async *usageByReport(from, to, most) {
      const range = { day: { gte: from, lte: to } };
      for await (const row of byReport.each(range, ['day', 'reportId'], { most })) {
        yield { ...NOT_COUNTED, ...row };
      }
    },
    async usageOfReport(reportId) {
      const row = await byReport.findOne({ reportId });
      return row && { ...NOT_COUNTED, ...row };
    },
  };
}

/** @returns the updates that book a closing, to be made with it */
export type BookClosing = (closing: CallClosing, booking: Booking) => Promise<Update[]>;

export function createBookClosing({ spend, usage, report_usage: byReport }: Books): BookClosing {
  const ready = new Set<string>();

  /** Creates missing rows, because updates alone would not. */
  async function makeRows(key: string, booking: Booking): Promise<void> {
    const { day, reportId, productId, model } = booking;
    if (ready.has(`${key}/${reportId}`)) return;
    await usage.insert({ key, day, productId, model, ...NOTHING });
    await byReport.insert({ reportId, productId, day, ...NOTHING });
    if (ready.size > MOST_READY) ready.clear();
    ready.add(`${key}/${reportId}`);
  }

  return async (closing, booking) => {
    const { tokensIn, tokensCached, tokensOut, costMicros, outcome } = closing;
    const { tokensWritten = 0, tokensReasoning = 0 } = closing;
    const { day, reportId, productId, model } = booking;
    const key = `${day}/${productId}/${model}`;
    await makeRows(key, booking);
    const faults = outcome === 'fault' || outcome === 'aborted' ? 1 : 0;
    const unknown = closing.usageUnknown ? 1 : 0;
    const counts = { calls: 1, faults, unknown, costMicros };
    const inc = {
      ...counts,
      ...{ tokensIn, tokensCached, tokensWritten, tokensOut, tokensReasoning },
    };
    const differenceMicros = costMicros - booking.reservedMicros;
    return [
      usage.updateLater({ key }, { inc }),
      byReport.updateLater({ reportId }, { inc }),
      ...booking.accounts.map((account) =>
        spend.updateLater({ key: account }, { inc: { committedMicros: differenceMicros } }),
      ),
    ];
  };
}

/** Rows of an earlier release do not count them. */
const NOT_COUNTED = { unknown: 0, tokensWritten: 0, tokensReasoning: 0 };
const NOTHING = {
  calls: 0,
  faults: 0,
  unknown: 0,
  tokensIn: 0,
  tokensCached: 0,
  tokensWritten: 0,
  tokensOut: 0,
  tokensReasoning: 0,
  costMicros: 0,
};
/** Rows known to exist: a few per report and day. */
const MOST_READY = 10_000;
