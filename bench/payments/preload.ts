/** Loaded before the API, which itself is run as it is: puts a store in place that kills the process. */
import { registerHooks } from 'node:module';

const DYING = new URL('./dying-store.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const real = found.url.endsWith('/src/store/open-store.ts') && context.parentURL !== DYING;
    return real ? { ...found, url: DYING } : found;
  },
});
