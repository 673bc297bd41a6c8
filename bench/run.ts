/** `npm run bench -- <name>`: runs one benchmark; its last line is one JSON object. */
import { readdirSync, readFileSync } from 'node:fs';

interface Bench {
  run(): Promise<void>;
}

const FOLDER = new URL('./', import.meta.url);
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .filter((file) =>
    /export (async )?function run\(/.test(readFileSync(new URL(file, FOLDER), 'utf8')),
  )
  .map((file) => file.replace(/\.ts$/, ''));

const [name = ''] = process.argv.slice(2);
if (names.includes(name)) {
  const bench: Bench = await import(new URL(`${name}.ts`, FOLDER).href);
  await bench.run();
} else {
  console.error(`npm run bench -- ${names.join(' | ')}`);
  process.exitCode = 2;
}
