/**
 * Loaded before an entry point of the product, which itself is run as it is: puts the small catalogue
 * in the place of the real one, and a witness beside the store.
 */
import { registerHooks } from 'node:module';

const HERE = new URL('./', import.meta.url).href;
const INSTEAD: Record<string, string> = {
  'src/products/catalogue.ts': `${HERE}catalogue.ts`,
  'src/store/reports.ts': `${HERE}witnessed-reports.ts`,
};

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    if (context.parentURL?.startsWith(HERE)) return found;
    const instead = Object.entries(INSTEAD).find(([path]) => found.url.endsWith(`/${path}`));
    return instead ? { ...found, url: instead[1] } : found;
  },
});
