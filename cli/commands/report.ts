/** `npm run almanac -- report`: one report without API or queue, straight to a file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { makePrivateFolder } from '../../src/disk/private.ts';
import type { Subject } from '../../src/domain/birth.ts';
import { AlmanacError } from '../../src/domain/errors.ts';
import type { ProductDefinition } from '../../src/domain/product.ts';
import { reportYearOf } from '../../src/orders/checkout/report-year.ts';
import { catalogue } from '../../src/products/catalogue.ts';
import { openStore } from '../../src/store/open-store.ts';
import { asTable, summarise } from '../demo/summary.ts';
import { EXTREME_NAME, fixtureOf, renderFixture } from '../local/fixture.ts';
import { interruptSignal } from '../local/interrupt.ts';
import { writeOneReport } from '../local/one-report.ts';
import { ANSWER_OPTIONS } from '../sky/birth-answers.ts';
import { birthOf } from '../sky/birth-of.ts';

export const summary = 'writes one report without API or queue, straight to a file';

const USAGE = `npm run almanac -- report --product blueprint --date 1990-06-15 --time 11:00 --place "London, GB" --out my.pdf

  --product   ${catalogue.products.map((product) => product.id).join(' | ')}
  --name      printed on the cover
  --date      of birth, YYYY-MM-DD
  --time      of birth, HH:MM; unknown if left out
  --place     of birth, by name
  --fold, --calendar, --utc-offset, --tz   answers, where a birth leaves a question open
  --start     first day of the report year, YYYY-MM-DD; today if left out
  --out       the PDF to write; out/<product>.pdf if left out
  --fixture   big | longest | extreme | empty: stored answers, no model; the horoscope's without --product

Asks OpenAI if OPENAI_API_KEY is set, otherwise the sandbox.`;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      product: { type: 'string' },
      name: { type: 'string' },
      date: { type: 'string', default: '1990-06-15' },
      time: { type: 'string' },
      place: { type: 'string', default: 'London, GB' },
      ...ANSWER_OPTIONS,
      start: { type: 'string' },
      out: { type: 'string' },
      fixture: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const fixture = values.fixture === undefined ? null : fixtureOf(values.fixture);
  const definition = definitionOf(
    values.product ?? (fixture === null ? 'life-clarity' : 'personal-horoscope'),
  );
  const name = values.name ?? (fixture === 'extreme' ? EXTREME_NAME : 'Ada Moreau');
  const subject = subjectOf({ ...values, name });
  const out = resolve(values.out ?? join('out', `${definition.id}.pdf`));
  if (values.out === undefined) makePrivateFolder('out');
  const signal = interruptSignal();
  if (fixture !== null) {
    const done = await renderFixture(fixture, definition, subject, out, signal);
    const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
    console.log(
      `${done.pages} pages, ${megabytes(done.bytes)} MB, drawn within ${megabytes(done.peakRssBytes)} MB of memory`,
    );
    console.log(`\n${out}`);
    return 0;
  }

  makePrivateFolder('.data');
  const folder = mkdtempSync(join('.data', 'report-'));
  const store = await openStore(`sqlite:${join(folder, 'report.db')}`);
  const sandbox = process.env.OPENAI_API_KEY ? null : await startSandbox();
  let done = 0;
  try {
    const id = await writeOneReport({
      store,
      definition,
      subject,
      modelUrl: modelUrlOf(sandbox),
      out,
      workDir: join(folder, 'work'),
      signal,
      onProgress: () => showProgress(++done),
    });
    const report = await store.reports.find(id);
    if (report) console.log(asTable([await summarise(store, report, out)]));
    console.log(`\n${out}`);
    return 0;
  } finally {
    await sandbox?.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function definitionOf(id: string): ProductDefinition {
  const found = catalogue.products.find((product) => product.id === id);
  if (found) return found;
  const known = catalogue.products.map((product) => product.id).join(', ');
  throw new AlmanacError('usage', `--product: there is no ${id}; use one of ${known}`);
}

function subjectOf(wish: Parameters<typeof birthOf>[0] & { start?: string }): Subject {
  const birth = birthOf(wish);
  const reportYear = reportYearOf({ startDate: wish.start }, birth, new Date());
  return { birth, reportYear, houseSystem: 'placidus', zodiac: 'tropical' };
}

function modelUrlOf(sandbox: Sandbox | null): string | null {
  return sandbox ? `${sandbox.urls.openai}/v1` : (process.env.OPENAI_BASE_URL ?? null);
}

function showProgress(wakes: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${wakes} sections and states saved`);
}
