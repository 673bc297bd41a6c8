/** Where a report's PDF is kept from rendering until its upload has succeeded. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { makePrivateFile, makePrivateFolder } from '../src/disk/private.ts';
import type { Store } from '../src/domain/ports/store.ts';
import type { RenderedPdf } from '../src/domain/ports/work.ts';
import { editionOf, type Report } from '../src/domain/report.ts';
import { isSettled } from '../src/domain/transitions.ts';

type Ids = Pick<Report, 'id' | 'editions' | 'fence'>;

export interface Scratch {
  /**
   * A path for this run's PDF, by report, edition and run, so that a stale run on this host never
   * touches a newer one's. Removes what dead runs have left of this report.
   */
  fresh(report: Ids): Promise<string>;
  /** Notes that a PDF is complete: if this run cannot upload it, the next one need not render again. */
  keep(pdf: RenderedPdf): Promise<void>;
  /**
   * Takes over the PDF of this edition that an earlier run on this host rendered, checked byte by byte.
   * @returns null if there is none, or none that is complete
   */
  kept(report: Ids): Promise<RenderedPdf | null>;
  remove(file: string): Promise<void>;
  /** Removes the PDFs of reports that have settled or no longer exist: nobody will upload them. */
  tidy(reports: Pick<Store['reports'], 'find'>): Promise<void>;
}

const noteSchema = z.object({ pages: z.int(), bytes: z.int(), sha256: z.string() });

export function createScratch(workDir: string): Scratch {
  const pathOf = (report: Ids) =>
    join(workDir, `${report.id}-e${editionOf(report)}-r${report.fence}.pdf`);

  async function names(prefix = ''): Promise<string[]> {
    makePrivateFolder(workDir);
    return (await readdir(workDir)).filter((name) => name.startsWith(prefix));
  }

  async function takeOver(note: string, file: string): Promise<RenderedPdf | null> {
    const found = noteSchema.safeParse(await readJson(join(workDir, note)));
    if (!found.success) return null;
    await rename(join(workDir, note.replace(/\.json$/, '')), file);
    await rename(join(workDir, note), `${file}.json`);
    makePrivateFile(file); // an earlier version wrote it for all to read
    return (await sha256Of(file)) === found.data.sha256 ? { file, ...found.data } : null;
  }

  return {
    async fresh(report) {
      const left = await names(`${report.id}-e`);
      await Promise.all(left.map((name) => rm(join(workDir, name), { force: true })));
      return pathOf(report);
    },

    async keep({ file, pages, bytes, sha256 }) {
      const note = `${file}.json`;
      makePrivateFile(note);
      await writeFile(note, JSON.stringify({ pages, bytes, sha256 }));
    },

    async kept(report) {
      const notes = await names(`${report.id}-e${editionOf(report)}-r`);
      const note = notes.findLast((name) => name.endsWith('.pdf.json'));
      // a disk that cannot be read is not the report's fault: it is rendered again
      return note === undefined ? null : takeOver(note, pathOf(report)).catch(() => null);
    },

    async remove(file) {
      await Promise.all([rm(file, { force: true }), rm(`${file}.json`, { force: true })]);
    },

    async tidy(reports) {
      for (const name of await names()) {
        const reportId = /^(.+)-e\d+-r\d+\.pdf/.exec(name)?.[1];
        if (reportId === undefined) continue;
        const report = await reports.find(reportId);
        if (!report || isSettled(report.state)) await rm(join(workDir, name), { force: true });
      }
    },
  };
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
