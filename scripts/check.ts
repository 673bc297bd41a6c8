/** The one gate: format and lint, types, import rules and cycles, licences, tests. Stops at the first fault. */
import { spawnSync } from 'node:child_process';

/** Every folder with code except test/, whose tests may import anything. */
const FOLDERS = ['src', 'workers', 'sandbox', 'cli', 'chaos', 'simulation', 'bench', 'scripts'];

const STEPS: [name: string, command: string[]][] = [
  ['format and lint', ['biome', 'check', '--error-on-warnings', '.']],
  ['types', ['tsc', '--project', '.']],
  ['import rules', ['depcruise', '--config', '.dependency-cruiser.mjs', ...FOLDERS]],
  ['licences', ['node', 'scripts/check-licences.ts']],
  ['tests', ['vitest', 'run', ...process.argv.slice(2)]],
];

for (const [name, [program = '', ...args]] of STEPS) {
  console.log(`\ncheck: ${name}`);
  const { status } = spawnSync(program, args, { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`check: ${name} failed`);
    process.exit(1);
  }
}
console.log('\ncheck: all green');
