/** Renders without end, for a test that kills it. Prints its child's progress on standard output. */
import { createPdfRenderer } from '../../../src/pdf/process/renderer.ts';
import { INFO, sheet } from '../sample-documents.ts';

async function* endless() {
  for (let index = 0; ; index += 1) yield sheet(`s${index}`, ['Still more.']);
}

await createPdfRenderer().render(
  { info: { ...INFO, pages: 1_000_000 }, parts: endless() },
  process.argv[2] ?? '',
  { signal: new AbortController().signal, onPage: (pages) => process.stdout.write(`${pages}\n`) },
);
