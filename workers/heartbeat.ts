/** Shows a container's health check that this process is alive, by writing a file again and again. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makePrivateFolder } from '../src/disk/private.ts';

const FILE = 'alive';

/**
 * A blocked event loop stops it. A write that fails is left out: the health check then notices.
 * @param everyMs between two writes
 * @returns stops it
 */
export function startHeartbeat(workDir: string, everyMs: number): () => void {
  const beat = async (): Promise<void> => {
    makePrivateFolder(workDir);
    await writeFile(join(workDir, FILE), '', { mode: 0o600 });
  };
  const timer = setInterval(() => void beat().catch(() => {}), everyMs);
  void beat().catch(() => {});
  return () => clearInterval(timer);
}
