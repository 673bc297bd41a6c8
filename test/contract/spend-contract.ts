/** The books: concurrent reservations, caps, and how a closed call is booked. */
import { expect, it } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import type { CallClosing } from '../../src/domain/model-call.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import type { CapName } from '../../src/domain/spend.ts';
import { exampleCall, exampleSection } from './store-examples.ts';

const capped = (cap: CapName, capMicros: number) => ({ cap, key: newId(cap), capMicros });

function closing(change: Partial<CallClosing> = {}): CallClosing {
  return {
    outcome: 'answered',
    fault: null,
    answered: ['s1'],
    tokensIn: 1_000,
    tokensCached: 400,
    tokensWritten: 500,
    tokensOut: 300,
    tokensReasoning: 200,
    costMicros: 5_000,
    latencyMs: 20,
    raw: '{}',
    closedAt: '2026-03-01T12:00:01.000Z',
    ...change,
  };
}

export function describeSpend(current: () => Store): void {
  it('reserves up to the cap and no further, however many callers reserve at once', async () => {
    const { spend } = current();
    const day = capped('day', 1_000);
    const tried = await Promise.all(Array.from({ length: 30 }, () => spend.reserve([day], 90)));
    expect(tried.filter((each) => each.refusedBy === null)).toHaveLength(11);
    expect((await spend.find(day.key))?.committedMicros).toBe(990);
  });

  it('reserves on all accounts or on none', async () => {
    const { spend } = current();
    const [report, day] = [capped('report', 500), capped('day', 100)];
    expect(await spend.reserve([report, day], 80)).toMatchObject({
      refusedBy: null,
      accounts: [{ committedMicros: 80 }, { committedMicros: 80 }],
    });
    expect(await spend.reserve([report, day], 80)).toEqual({ refusedBy: day });
    expect((await spend.find(report.key))?.committedMicros).toBe(80);
    await spend.release([report.key, day.key], 80);
    expect((await spend.find(day.key))?.committedMicros).toBe(0);
    expect(await spend.find('day-none')).toBeNull();
  });

  it('books a closed call once: its usage, and its cost in place of the reservation', async () => {
    const { spend, modelCalls } = current();
    const day = capped('day', 100_000);
    const productId = newId('product');
    const report = { id: newId('rep'), orderId: newId('ord') };
    const booking = {
      reportId: report.id,
      accounts: [day.key],
      reservedMicros: 40_000,
      day: '2026-03-01',
      productId,
      model: 'gpt-4o',
    };
    for (const change of [{}, { outcome: 'fault', costMicros: 0, tokensOut: 0 } as const]) {
      const call = exampleCall(report);
      await spend.reserve([day], booking.reservedMicros);
      await modelCalls.open(call);
      await modelCalls.close(call.id, closing(change), booking);
      await modelCalls.close(call.id, closing(change), booking);
    }
    expect((await spend.find(day.key))?.committedMicros).toBe(5_000);
    const used = await spend.usage('2026-03-01', '2026-03-01');
    expect(used.filter((row) => row.productId === productId)).toEqual([
      {
        day: '2026-03-01',
        productId,
        model: 'gpt-4o',
        calls: 2,
        faults: 1,
        unknown: 0,
        tokensIn: 2_000,
        tokensCached: 800,
        tokensWritten: 1_000,
        tokensOut: 300,
        tokensReasoning: 400,
        costMicros: 5_000,
      },
    ]);
    expect(await spend.usage('2026-02-01', '2026-02-28')).toEqual([]);
    const ofReport = await spend.usageOfReport(report.id);
    expect(ofReport).toMatchObject({ productId, day: '2026-03-01', calls: 2, costMicros: 5_000 });
    const listOf = (most?: number) =>
      Array.fromAsync(spend.usageByReport('2026-03-01', '2026-03-01', most));
    const listed = await listOf();
    expect(listed).toContainEqual(ofReport);
    expect(await listOf(listed.length - 1)).toEqual(listed.slice(0, -1));
  });

  it('counts nothing as written or thought where a call does not say', async () => {
    const { spend, modelCalls } = current();
    const report = { id: newId('rep'), orderId: newId('ord') };
    const call = exampleCall(report);
    await modelCalls.open(call);
    const { tokensWritten, tokensReasoning, ...untold } = closing();
    const served = { model: 'gpt-4o-2024-08-06', tier: null };
    await modelCalls.close(
      call.id,
      { ...untold, served },
      {
        reportId: report.id,
        accounts: [],
        reservedMicros: 0,
        day: '2026-03-02',
        productId: newId('product'),
        model: 'gpt-4o',
      },
    );
    const [stored] = await modelCalls.ofReport(report.id);
    expect(stored).toMatchObject({ tokensIn: 1_000, served });
    // unknown in the call's own row
    expect(stored).not.toHaveProperty('tokensWritten');
    expect(await spend.usageOfReport(report.id)).toMatchObject({
      tokensIn: 1_000,
      tokensWritten: 0,
      tokensReasoning: 0,
    });
  });

  it('begins an account with what the books hold of its day, month or report, once, however many begin it', async () => {
    const { spend, modelCalls } = current();
    const report = { id: newId('rep'), orderId: newId('ord') };
    const call = exampleCall(report);
    await modelCalls.open(call);
    // as a release did that kept accounts only under a cap
    const booking = { accounts: [], reservedMicros: 0, day: '1999-07-31', model: 'gpt-4o' };
    await modelCalls.close(call.id, closing(), {
      ...booking,
      reportId: report.id,
      productId: newId('product'),
    });
    for (const [cap, key] of [
      ['day', 'day-1999-07-31'],
      ['month', 'month-1999-07'],
      ['report', `report-${report.id}`],
    ] as const) {
      expect(await spend.find(key)).toMatchObject({ key, committedMicros: 5_000 });
      const account = { cap, key, capMicros: 5_950 };
      const tried = await Promise.all(
        Array.from({ length: 20 }, () => spend.reserve([account], 90)),
      );
      expect(tried.filter(({ refusedBy }) => refusedBy === null)).toHaveLength(10);
      expect(await spend.find(key)).toMatchObject({ key, committedMicros: 5_900 });
    }
    expect(await spend.find('day-1999-07-30')).toBeNull();
    expect(await spend.find('month-1999-06')).toBeNull();
  });

  it('only counts on an account without a cap', async () => {
    const { spend } = current();
    const account = { cap: 'day', key: newId('day'), capMicros: null } as const;
    expect(await spend.reserve([account], 7_000_000_000)).toMatchObject({ refusedBy: null });
    expect((await spend.find(account.key))?.committedMicros).toBe(7_000_000_000);
  });

  it('keeps each cap that an operator has set until it is set again', async () => {
    const { spend } = current();
    await spend.setCaps({ day: 5_000_000 });
    await spend.setCaps({ month: null });
    expect(await spend.caps()).toEqual({ day: 5_000_000, month: null });
  });

  it('records when a waiting call was sent, and drops its raw answer when the section is saved', async () => {
    const { modelCalls, sections } = current();
    const report = { id: newId('rep'), orderId: newId('ord') };
    const call = exampleCall(report, { sentAt: null });
    await modelCalls.open(call);
    await modelCalls.sent(call.id, new Date('2026-03-01T12:00:30.000Z'));
    await modelCalls.close(call.id, closing());
    await sections.insert(exampleSection(report, 1));
    expect(await modelCalls.ofReport(report.id)).toMatchObject([
      { sentAt: '2026-03-01T12:00:30.000Z', outcome: 'answered', raw: null },
    ]);
  });
}
