import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/start.ts';

it('the README lists every kind of fault that a stand-in knows', async () => {
  const readme = await readFile('sandbox/README.md', 'utf8');
  const sandbox = await startSandbox();
  for (const url of Object.values(sandbox.urls)) {
    const { kinds } = (await (await fetch(`${url}/_sandbox/faults`)).json()) as { kinds: string[] };
    expect(kinds.length).toBeGreaterThan(5);
    for (const kind of kinds) expect(readme).toContain(`\`${kind}\``);
  }
  await sandbox.close();
});
