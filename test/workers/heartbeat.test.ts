import { mkdtemp, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startHeartbeat } from '../../workers/heartbeat.ts';
import { eventually } from '../eventually.ts';

test("the health check's file is made, and kept fresh until the end", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-beat-'));
  const file = join(folder, 'work', 'alive');
  const stop = startHeartbeat(join(folder, 'work'), 20);
  try {
    await eventually(() => stat(file));
    await utimes(file, 0, 0);
    await eventually(async () => expect((await stat(file)).mtimeMs).toBeGreaterThan(0));
  } finally {
    stop();
    await rm(folder, { recursive: true, force: true });
  }
});
