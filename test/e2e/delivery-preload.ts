/**
 * Loaded into each process of a shop: divides the waits that a delivery's faults cost and no other,
 * makes every PDF so large that it goes up in three parts, and writes down each render process.
 */
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const HERE = new URL('./', import.meta.url).href;
const INSTEAD: Record<string, string> = {
  'src/domain/timings.ts': `${HERE}delivery-timings.ts`,
  'src/pdf/renderer.ts': `${HERE}delivery-renderer.ts`,
};

if (process.argv[1]?.endsWith('start-render-process.mjs')) {
  appendFileSync(process.env.RENDERS_FILE ?? '', `${process.pid}\n`);
}

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    if (context.parentURL?.startsWith(HERE)) return found;
    const instead = Object.entries(INSTEAD).find(([path]) => found.url.endsWith(`/${path}`));
    return instead ? { ...found, url: instead[1] } : found;
  },
});
