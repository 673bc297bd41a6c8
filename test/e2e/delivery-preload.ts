/**
 * Loaded into each process of a shop. It divides only the waits that a delivery's faults cost,
 * makes every PDF so large that it is uploaded in three parts, and records each render process.
 */
import { appendFileSync } from 'node:fs';
import { replaceModules } from '../../chaos/replace-modules.ts';

if (process.argv[1]?.endsWith('start-render-process.mjs')) {
  appendFileSync(process.env.RENDERS_FILE ?? '', `${process.pid}\n`);
}

replaceModules(new URL('./', import.meta.url), {
  'src/domain/timings.ts': 'delivery-timings.ts',
  'src/pdf/process/renderer.ts': 'delivery-renderer.ts',
});
