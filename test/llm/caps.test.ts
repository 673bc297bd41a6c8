import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NeedsOperator } from '../../src/domain/errors.ts';
import { type Asking, openAsking } from './asking.ts';
import { CAP_CASES, letThrough } from './caps-run.ts';
import { idsOf, MODEL } from './desk.ts';
import { dropConnection, status } from './model-server.ts';

describe('a spending cap lets nothing through above it', () => {
  it.each(CAP_CASES)('$title, one call after another', async (each) => {
    const { sent, fit, above } = await letThrough(each);
    expect({ sent, above }).toEqual({ sent: Math.min(fit, 30), above: 0 });
  });

  it.each(CAP_CASES)('$title, eight calls at once', async (each) => {
    const { sent, above } = await letThrough(each, 30, 8);
    expect(above).toBe(0);
    expect(sent).toBeGreaterThan(0);
  });
});

describe('the accounts', () => {
  let asking: Asking;
  beforeEach(async () => {
    asking = await openAsking();
  });
  afterEach(() => asking.close());
  const today = new Date().toISOString().slice(0, 10);
  const accounts = () =>
    Promise.all(
      [`report-${asking.desk.report.id}`, `day-${today}`, `month-${today.slice(0, 7)}`].map(
        async (key) => (await asking.desk.store.spend.find(key))?.committedMicros,
      ),
    );

  it('of report, day and month run without any cap', async () => {
    const { costMicros } = await asking.ask(idsOf(1));
    expect(await accounts()).toEqual([costMicros, costMicros, costMicros]);
  });

  it('keep the most of a call that may have been billed, and nothing of one that was refused', async () => {
    asking.model.next(status(503, {}), status(429, {}));
    const answered = (await asking.ask(idsOf(1))).costMicros;
    expect(await accounts()).toEqual([answered, answered, answered]);
    asking.model.next(dropConnection());
    await asking.ask(idsOf(1));
    const [, , , dropped] = await asking.calls();
    expect(dropped).toMatchObject({ outcome: 'fault', usageUnknown: true, tokensOut: 12_000 });
    const sum = 2 * answered + (dropped?.costMicros ?? 0);
    expect(await accounts()).toEqual([sum, sum, sum]);
  });

  it('a cap that is set late warns at once, of its highest line alone', async () => {
    const { costMicros } = await asking.ask(idsOf(1));
    await asking.desk.store.spend.setCaps({ day: Math.ceil(costMicros / 0.9) + 200_000 });
    await asking.ask(idsOf(1)).catch(() => {});
    const letters = await asking.desk.store.emails.unsent(new Date(), 10);
    expect(letters.map(({ note }) => /^\d+%/.exec(note ?? '')?.[0])).toEqual(['50%']);
  });

  it('a call whose cost nobody knows is not sent', async () => {
    const model = { ...MODEL, maxTokens: Number.NaN };
    const fault = await asking.ask(idsOf(1), { model }).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(NeedsOperator);
    expect(fault).toMatchObject({ code: 'spend_unknown' });
    expect(asking.model.requests).toEqual([]);
    expect(await accounts()).toEqual([undefined, undefined, undefined]);
  });

  it('are shown by the command, capped or not', async () => {
    const { costMicros } = await asking.ask(idsOf(1));
    const env = { ...process.env, DATABASE_URL: asking.desk.databaseUrl };
    const { stdout } = await promisify(execFile)(process.execPath, ['cli/almanac.ts', 'caps'], {
      env,
    });
    const used = (costMicros / 1e6).toFixed(2);
    expect(stdout).toMatch(new RegExp(`day +none +${used}`));
    expect(stdout).toMatch(new RegExp(`month +none +${used}`));
  });
});
