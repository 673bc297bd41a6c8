import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { findChromium } from '../../scripts/find-chromium.ts';

test('a browser is the one that CHROMIUM names, else the first on PATH, else none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-browser-'));
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });
  vi.stubEnv('CHROMIUM', '');
  vi.stubEnv('PATH', ['/nowhere', folder].join(delimiter));
  expect(findChromium()).toBeNull();
  const browser = join(folder, 'google-chrome');
  await writeFile(browser, '');
  await chmod(browser, 0o755);
  expect(findChromium()).toBe(browser);
  vi.stubEnv('CHROMIUM', '/opt/browser');
  expect(findChromium()).toBe('/opt/browser');
});
