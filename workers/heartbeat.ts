/** Says that this process is alive, where a container's health check looks: a file that is written anew. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = 'alive';

/**
 * A blocked event loop stops it. What cannot be written is left out: the check then says so.
 * @param everyMs between two writes
 * @returns ends it
 */
export function startHeartbeat(workDir: string, everyMs: number): () => void {
  const beat = async (): Promise<void> => {
    await mkdir(workDir, { recursive: true });
    await writeFile(join(workDir, FILE), '');
  };
  const timer = setInterval(() => void beat().catch(() => {}), everyMs);
  void beat().catch(() => {});
  return () => clearInterval(timer);
}
