/** What the stores recorded themselves: see witnessed-reports.ts. */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const seen = z.object({
  what: z.enum(['stale-write', 'interrupted']),
  /** the report's id */
  id: z.string(),
  fence: z.number(),
});
export type Seen = z.infer<typeof seen>;

export function readWitness(file: string): Seen[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => seen.parse(JSON.parse(line)));
}
