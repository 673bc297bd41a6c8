/** Where a run's PDF lies between rendering and upload. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { editionOf, type Report } from '../src/domain/report.ts';

export interface Scratch {
  /**
   * A path for this run's PDF, by report, edition and run, so that a stale run on this host never
   * touches a newer one's. Removes what runs that died have left of this report.
   */
  fresh(report: Pick<Report, 'id' | 'editions' | 'fence'>): Promise<string>;
  remove(file: string): Promise<void>;
}

export function createScratch(workDir: string): Scratch {
  return {
    async fresh(report) {
      await mkdir(workDir, { recursive: true });
      const left = (await readdir(workDir)).filter((name) => name.startsWith(`${report.id}-e`));
      await Promise.all(left.map((name) => rm(join(workDir, name), { force: true })));
      return join(workDir, `${report.id}-e${editionOf(report)}-r${report.fence}.pdf`);
    },
    remove: (file) => rm(file, { force: true }),
  };
}
