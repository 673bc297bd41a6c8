/**
 * Prints 3,000 surnames, given names and words over 40 scripts, and compares what poppler and MuPDF copy from the PDF with
 * what was printed. Names come from Faker (PyPI); scripts that it lacks from the names of languages and regions that
 * Node's own Unicode data has in them. Takes a minute.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Part } from '../../src/domain/document.ts';
import { seenWords } from '../../src/domain/typed-words.ts';
import { createPdfRenderer } from '../../src/pdf/process/renderer.ts';
import { unprintable } from '../../src/pdf/type/choose-fonts.ts';
import { forPrint } from '../../src/products/shared/customer-words.ts';
import { namesOfScripts } from './names-of-scripts.ts';
import type { Outcome } from './outcome.ts';
import { fetchPython } from './paper-tools.ts';

const PER_PAGE = 12;
/** What a reader copies wrongly although the page is right, and why. Anything else is a fault. */
const WRONG: readonly [reader: string, names: RegExp, reason: string][] = [
  ['poppler', /[\p{Script=Nko}\p{Script=Adlam}]/u, 'takes N’Ko and Adlam for left-to-right'],
  ['', /[﴾﴿]/u, 'a remark in brackets that mirror in Arabic only'],
];
const copied = z.record(z.string(), z.array(z.string().nullable()));

export async function checkNames(): Promise<Outcome> {
  const python = fetchPython();
  if (python === null) return { skipped: 'Python with PyPI cannot be had' };
  const folder = mkdtempSync(join(tmpdir(), 'almanac-names-'));
  try {
    const byScript = namesOfScripts(python);
    const names = [...byScript.values()].flat();
    const file = join(folder, 'names.pdf');
    await print(names, file);
    const readers = copied.parse(JSON.parse(run(python, ['scripts/long/names.py', file])));
    const faults: string[] = [];
    for (const [reader, texts] of Object.entries(readers)) {
      let equal = 0;
      let excused = 0;
      names.forEach((name, index) => {
        const text = texts[index] ?? null;
        if (text === seenWords(name)) equal += 1;
        else if (reasonOf(reader, name) !== undefined) excused += 1;
        else
          faults.push(
            `${reader}: ${shown(name)} is copied as ${text === null ? 'nothing' : shown(text)}`,
          );
      });
      console.log(
        `  ${reader}: ${equal} of ${names.length} names of ${byScript.size} lists equal; ${excused} known:`,
      );
      for (const [of, , why] of WRONG) if (of === '' || of === reader) console.log(`      ${why}`);
    }
    for (const name of names) {
      const lacking = unprintable(seenWords(name));
      if (lacking.length > 0)
        faults.push(`${shown(name)} would be refused: no font has ${lacking.join(' ')}`);
    }
    return { faults };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function print(names: readonly string[], file: string): Promise<void> {
  const parts: Part[] = [];
  for (let from = 0; from < names.length; from += PER_PAGE) {
    const blocks = names.slice(from, from + PER_PAGE).flatMap((name, index): Part['blocks'] => [
      // as on a cover, most letters of a page are Latin: readers take a page's direction from them
      {
        kind: 'paragraph',
        style: 'small',
        text: `The following name is number ${from + index} of the list of all names`,
      },
      { kind: 'paragraph', style: 'body', text: forPrint(name) },
    ]);
    parts.push({ id: `page-${from}`, layout: 'flow', outline: [], head: 'Names', blocks });
  }
  const info = {
    title: 'Names',
    author: 'Almanac',
    subject: 'Names',
    language: 'en',
    createdAt: '2026-01-05T10:00:00.000Z',
    pages: null,
    partsPerChunk: 10,
  };
  const document = { info, parts: each(parts) };
  await createPdfRenderer().render(document, file, { signal: new AbortController().signal });
}

async function* each(parts: readonly Part[]): AsyncGenerator<Part> {
  yield* parts;
}

function reasonOf(reader: string, name: string): string | undefined {
  return WRONG.find(([of, names]) => (of === '' || of === reader) && names.test(name))?.[2];
}

/** The name, and its code points where a font may not show it. */
function shown(name: string): string {
  const points = Array.from(name, (character) => (character.codePointAt(0) ?? 0).toString(16));
  return `${name} (${points.join(' ')})`;
}

function run(program: string, args: string[]): string {
  const { status, stdout } = spawnSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${program} ${args[0]} ended with ${status}`);
  return stdout;
}
