import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { exampleCall } from '../contract/store-examples.ts';

const DAY = '2026-03-01';

it('books of the release before this one are read, and counted further', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-usage-'));
  const file = join(folder, 'old.db');
  const store = await openStore(`sqlite:${file}`);
  onTestFinished(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });
  const report = { id: 'ord_1-blueprint', orderId: 'ord_1' };
  const book = async (usage: { tokensWritten?: number; tokensReasoning?: number }) => {
    const call = exampleCall(report);
    await store.modelCalls.open(call);
    const figures = { tokensIn: 1_000, tokensCached: 0, tokensOut: 300, costMicros: 5_000 };
    const ended = {
      outcome: 'answered' as const,
      fault: null,
      answered: [] as string[],
      latencyMs: 9,
      raw: null,
    };
    await store.modelCalls.close(
      call.id,
      { ...figures, ...ended, ...usage, closedAt: `${DAY}T12:00:00.000Z` },
      {
        ...{ accounts: [], reservedMicros: 0, day: DAY, model: 'gpt-4o' },
        ...{ reportId: report.id, productId: 'blueprint' },
      },
    );
  };
  await book({});
  // as that release wrote them
  const database = new DatabaseSync(file);
  for (const table of ['usage', 'report_usage']) {
    database.exec(
      `UPDATE ${table} SET doc = json_remove(doc, '$.tokensWritten', '$.tokensReasoning')`,
    );
  }
  database.close();

  const old = { calls: 1, tokensIn: 1_000, tokensWritten: 0, tokensReasoning: 0 };
  expect(await store.spend.usage(DAY, DAY)).toMatchObject([old]);
  expect(await store.spend.usageOfReport(report.id)).toMatchObject(old);

  await book({ tokensWritten: 700, tokensReasoning: 200 });
  const now = { calls: 2, tokensIn: 2_000, tokensWritten: 700, tokensReasoning: 200 };
  expect(await store.spend.usage(DAY, DAY)).toMatchObject([now]);
  expect(await store.spend.usageOfReport(report.id)).toMatchObject(now);
});
