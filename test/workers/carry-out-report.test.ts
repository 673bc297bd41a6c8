import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TransientFault } from '../../src/domain/errors.ts';
import type { Report } from '../../src/domain/report.ts';
import { createScratch } from '../../workers/scratch-file.ts';
import { sampleCall, sampleOrder, sampleReport, sampleSection } from './sample.ts';
import { type Bench, job, KEY, never, openBench, PDF_SHA, timings } from './turn-bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

test('a paid report is written, rendered, uploaded and settled, in this order', async () => {
  await bench.paidReport();
  expect(await bench.carryOut()(job, never)).toEqual({ kind: 'done' });
  expect(bench.stages).toEqual([
    'step 1',
    'step 2',
    'step 3',
    'step 4',
    'render',
    `upload ${KEY}`,
    'settle ord_1',
  ]);
  expect(await bench.stored()).toMatchObject({
    state: 'delivered',
    fence: 1,
    pdf: { edition: 1, key: KEY, pages: 40, bytes: 4, sha256: PDF_SHA },
    settledAt: bench.now().toISOString(),
  });
  expect(await readdir(bench.workDir)).toEqual([]);
});

describe('after a crash', () => {
  async function crashed(steps: number, change: Partial<Report> = {}): Promise<void> {
    await bench.paidReport({
      state: 'rendering',
      fence: 1,
      runStartedAt: bench.now().toISOString(),
      ...change,
    });
    for (let step = 1; step <= steps; step += 1) {
      await bench.store.sections.insert(sampleSection(sampleReport('ord_1'), step));
    }
  }

  test('a run asks only the steps that are missing', async () => {
    await crashed(2);
    expect(await bench.carryOut()(job, never)).toEqual({ kind: 'done' });
    expect(bench.stages.slice(0, 3)).toEqual(['step 3', 'step 4', 'render']);
    expect(await bench.stored()).toMatchObject({ fence: 2, state: 'delivered' });
  });

  test('a run whose PDF was uploaded only delivers', async () => {
    const pdf = { edition: 1, key: 'k', url: 'u', pages: 40, bytes: 4, sha256: 'abc' };
    await crashed(4, { state: 'delivering', pdf });
    expect(await bench.carryOut()(job, never)).toEqual({ kind: 'done' });
    expect(bench.stages).toEqual(['settle ord_1']);
    expect(await bench.stored()).toMatchObject({ state: 'delivered', pdf });
  });

  test("an older edition's PDF does not count as this edition's", async () => {
    const pdf = { edition: 1, key: 'k', url: 'u', pages: 40, bytes: 4, sha256: 'abc' };
    const editions = [
      { edition: 1, fromStep: 1 },
      { edition: 2, fromStep: 5 },
    ];
    await crashed(4, { pdf, editions });
    await bench.carryOut()(job, never);
    expect(bench.stages).toEqual([
      'render',
      `upload ${KEY.replace('/e1/', '/e2/')}`,
      'settle ord_1',
    ]);
  });

  test("a run removes what the report's dead runs left in the scratch folder, and nothing else", async () => {
    await crashed(4);
    await mkdir(bench.workDir);
    for (const name of ['ord_1-blueprint-e1-r1.pdf.part', 'ord_2-blueprint-e1-r1.pdf']) {
      await writeFile(join(bench.workDir, name), 'half');
    }
    await bench.carryOut()(job, never);
    expect(await readdir(bench.workDir)).toEqual(['ord_2-blueprint-e1-r1.pdf']);
  });

  test('a PDF that could not be uploaded is uploaded later, and is not rendered again', async () => {
    await crashed(4);
    let away = true;
    const upload = () => {
      if (away) throw new TransientFault('blob_unavailable', 'away');
    };
    expect(await bench.carryOut({ upload })(job, never)).toMatchObject({ kind: 'snooze' });
    away = false;
    bench.pass(timings.snooze + 1);
    expect(await bench.carryOut({ upload })(job, never)).toEqual({ kind: 'done' });
    expect(bench.stages).toEqual(['render', `upload ${KEY}`, `upload ${KEY}`, 'settle ord_1']);
    expect(await bench.stored()).toMatchObject({ pdf: { pages: 40, sha256: PDF_SHA } });
    expect(await readdir(bench.workDir)).toEqual([]);
  });

  test('a kept PDF that was altered is rendered again', async () => {
    await crashed(4);
    const upload = () => {
      throw new TransientFault('blob_unavailable', 'away');
    };
    await bench.carryOut({ upload })(job, never);
    const file = (await readdir(bench.workDir)).find((name) => name.endsWith('.pdf')) ?? '';
    await writeFile(join(bench.workDir, file), 'other');
    bench.pass(timings.snooze + 1);
    expect(await bench.carryOut()(job, never)).toEqual({ kind: 'done' });
    expect(bench.stages.filter((stage) => stage === 'render')).toHaveLength(2);
  });

  test('scratch files of settled reports are removed, and those of open ones are kept', async () => {
    await crashed(4);
    await mkdir(bench.workDir);
    const names = ['ord_1-blueprint-e1-r1.pdf', 'ord_2-blueprint-e1-r1.pdf', 'notes.txt'];
    for (const name of names) await writeFile(join(bench.workDir, name), '%PDF');
    await createScratch(bench.workDir).tidy(bench.store.reports);
    expect((await readdir(bench.workDir)).sort()).toEqual([
      'notes.txt',
      'ord_1-blueprint-e1-r1.pdf',
    ]);
  });

  test("the dead run's running time is added, as far as its calls show it", async () => {
    await crashed(2, { runningMs: 1_000 });
    const at = (ms: number) => new Date(bench.now().getTime() + ms).toISOString();
    const call = sampleCall(await bench.stored(), 3);
    await bench.store.modelCalls.open({ ...call, id: 'call_1', openedAt: at(500) });
    await bench.store.modelCalls.open({ ...call, id: 'call_2', openedAt: at(7_000) });
    bench.pass(60_000);
    await bench.carryOut()(job, never);
    expect(await bench.stored()).toMatchObject({ runningMs: 8_000 });
  });

  test('a report that has crashed five times without progress is held for an operator', async () => {
    await crashed(0, { crashes: 4 });
    expect(await bench.carryOut()(job, never)).toEqual({ kind: 'hold', reason: 'crash_loop' });
    expect(bench.stages).toEqual([]);
    expect(await bench.stored()).toMatchObject({ state: 'held', reason: 'crash_loop' });
  });
});

describe('before it is claimed', () => {
  test('an unpaid order is not started', async () => {
    await bench.store.orders.insert({ ...sampleOrder('ord_1'), state: 'awaiting_payment' });
    await bench.store.reports.upsert([sampleReport('ord_1')]);
    expect(await bench.carryOut()(job, never)).toEqual({ kind: 'drop', reason: 'unpaid' });
    expect(await bench.stored()).toMatchObject({ state: 'waiting', fence: 0 });
    expect(bench.stages).toEqual([]);
  });

  test('a report whose version this build lacks is given back unchanged', async () => {
    await bench.paidReport({ version: 7 });
    const outcome = await bench.carryOut()(job, never);
    expect(outcome).toMatchObject({ kind: 'snooze', delayMs: timings.versionAway });
    expect(await bench.stored()).toMatchObject({ state: 'waiting', fence: 0, attempts: 0 });
  });

  test('a report waits until its time has come', async () => {
    await bench.paidReport({ notBefore: new Date(bench.now().getTime() + 5_000).toISOString() });
    expect(await bench.carryOut()(job, never)).toMatchObject({ kind: 'snooze', delayMs: 5_000 });
    expect(bench.stages).toEqual([]);
  });

  test.each([
    ['delivered', { kind: 'done' }],
    ['cancelled', { kind: 'cancel' }],
    ['failed', { kind: 'fail', reason: 'attempts' }],
  ] as const)(
    'a job for a %s report settles its order and asks nothing',
    async (state, outcome) => {
      await bench.paidReport({ state, reason: 'attempts' });
      expect(await bench.carryOut()(job, never)).toEqual(outcome);
      expect(bench.stages).toEqual(['settle ord_1']);
    },
  );

  test('a held report stays held', async () => {
    await bench.paidReport({ state: 'held', reason: 'invalid_key' });
    expect(await bench.carryOut()(job, never)).toEqual({ kind: 'hold', reason: 'invalid_key' });
  });
});
