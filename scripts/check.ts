/** The one gate: format and lint, types, import rules and cycles, licences, tests. Stops at the first fault. */
import { spawnSync } from 'node:child_process';
import { findChromium } from './find-chromium.ts';

/** Every folder with code except test/ and test-web/, whose tests may import anything. */
const FOLDERS = [
  'src',
  'workers',
  'sandbox',
  'cli',
  'chaos',
  'simulation',
  'bench',
  'scripts',
  'client/src',
];

const STEPS: [name: string, command: string[]][] = [
  ['format and lint', ['biome', 'check', '--error-on-warnings', '.']],
  ['types', ['tsc', '--project', '.']],
  ['import rules', ['depcruise', '--config', '.dependency-cruiser.mjs', ...FOLDERS]],
  ['licences', ['node', 'scripts/check-licences.ts']],
  ['tests', ['vitest', 'run', ...process.argv.slice(2)]],
];

if (findChromium() !== null) {
  STEPS.push([
    'tests in a browser',
    [
      'vitest',
      'run',
      '--config',
      'vitest.web.config.ts',
      '--passWithNoTests',
      ...process.argv.slice(2),
    ],
  ]);
} else if (process.env.CI === 'true') {
  console.error(
    'check: no chromium: install it (Debian: apt-get install chromium) or set CHROMIUM',
  );
  process.exit(1);
} else {
  console.log('check: no chromium on PATH, so the tests in a browser are left out');
}

for (const [name, [program = '', ...args]] of STEPS) {
  console.log(`\ncheck: ${name}`);
  const { status } = spawnSync(program, args, { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`check: ${name} failed`);
    process.exit(1);
  }
}
console.log('\ncheck: all green');
