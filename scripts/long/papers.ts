/**
 * Holds the PDFs of every product and fixture to checkers that others wrote: veraPDF, page-validation and outloud, and
 * compares the words that the tags reach with those on the pages (pikepdf, MuPDF). Takes about fifteen minutes.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { EXTREME_NAME, FIXTURES, renderFixture } from '../../cli/local/fixture.ts';
import { birthOf } from '../../cli/sky/birth-of.ts';
import { reportYearOf } from '../../src/orders/checkout/report-year.ts';
import { catalogue } from '../../src/products/catalogue.ts';
import type { Outcome } from './outcome.ts';
import { fetchPython, fetchVeraPdf } from './paper-tools.ts';

/** What a checker reports although the file is right, and why. Anything else is a fault. */
const WRONG: Record<string, string> = {
  'outloud TBL-014':
    'takes the double frame of the cover for a table; it is decoration, marked as an artifact',
  'outloud PAG-001':
    'takes links to the cover and to the half-year, which are content and differ in target, for running heads',
};

const verdict = z.object({
  file: z.string(),
  checker: z.string(),
  checks: z.number(),
  failed: z.array(z.string()),
});
const walked = z.object({
  file: z.string(),
  reached: z.number(),
  onPages: z.number(),
  equal: z.boolean(),
  furniture: z.number(),
  differsFromMuPdf: z.array(z.number()),
});

export async function checkPapers(): Promise<Outcome> {
  const python = fetchPython();
  const veraPdf = fetchVeraPdf();
  if (python === null && veraPdf === null) {
    return { skipped: 'neither Python with PyPI nor Java with Maven can be had' };
  }
  const folder = mkdtempSync(join(tmpdir(), 'almanac-papers-'));
  try {
    const faults: string[] = [];
    for (const file of await renderAll(folder)) {
      if (veraPdf === null) console.log('  veraPDF skipped: no Java 17 or no Maven');
      else judge(veraVerdict(veraPdf, file), faults);
      if (python === null) {
        console.log('  outloud, page-validation, pikepdf skipped: no Python or no PyPI');
        continue;
      }
      for (const line of linesOf(python, ['scripts/long/checkers.py', file])) {
        judge(verdict.parse(JSON.parse(line)), faults);
      }
      const [line = ''] = linesOf(python, ['scripts/long/walk.py', file]);
      compare(walked.parse(JSON.parse(line)), faults);
    }
    return { faults };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function renderAll(folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const product of catalogue.products) {
    for (const fixture of FIXTURES) {
      const name = fixture === 'extreme' ? EXTREME_NAME : 'Ada Moreau';
      const birth = birthOf({ name, date: '1990-06-15', time: '11:00', place: 'London, GB' });
      const reportYear = reportYearOf({ startDate: '2026-01-05' }, birth, new Date());
      const subject = { birth, reportYear, houseSystem: 'placidus', zodiac: 'tropical' } as const;
      const file = join(folder, `${product.id}-${fixture}.pdf`);
      await renderFixture(fixture, product, subject, file, new AbortController().signal);
      files.push(file);
    }
  }
  return files;
}

function veraVerdict(classPath: string, file: string): z.infer<typeof verdict> {
  const source = 'scripts/long/verapdf/VeraPdf.java';
  const printed = linesOf('java', ['-cp', classPath, source, file]);
  const line = printed.find((text) => text.startsWith(file)) ?? '\t0\tno-answer';
  const [, checks = '', rules = ''] = line.split('\t');
  const failed = rules.split(' ').filter((rule) => rule !== '');
  return verdict.parse({ file, checker: 'veraPDF', checks: Number(checks), failed });
}

function judge({ file, checker, checks, failed }: z.infer<typeof verdict>, faults: string[]): void {
  const reasons = failed.map((rule) => [rule, WRONG[`${checker} ${rule}`]] as const);
  const real = reasons.filter(([, reason]) => reason === undefined).map(([rule]) => rule);
  const excused = reasons.flatMap(([rule, reason]) => (reason ? [`${rule}: ${reason}`] : []));
  const said = real.length === 0 ? 'passes' : `FAILS ${real.join(', ')}`;
  console.log(`  ${nameOf(file)}: ${checker} ${said} (${checks})`);
  for (const excuse of excused) console.log(`      not a fault: ${excuse}`);
  faults.push(...real.map((rule) => `${nameOf(file)}: ${checker} ${rule}`));
}

function compare(found: z.infer<typeof walked>, faults: string[]): void {
  const { file, reached, onPages, equal, furniture, differsFromMuPdf } = found;
  const words = `${reached} of ${onPages} words reached by the tags`;
  const decoration = `${furniture} in running heads and page numbers`;
  console.log(`  ${nameOf(file)}: ${words}, ${decoration}`);
  if (differsFromMuPdf.length > 0) {
    console.log(`      MuPDF reads other letters on pages ${differsFromMuPdf.join(', ')}`);
  }
  if (!equal) faults.push(`${nameOf(file)}: ${words}, or in another order`);
}

function nameOf(file: string): string {
  return file.replace(/^.*\/|\.pdf$/g, '');
}

function linesOf(program: string, args: string[]): string[] {
  const { status, stdout } = spawnSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${program} ${args[0]} ended with ${status}`);
  return stdout.trim().split('\n');
}
