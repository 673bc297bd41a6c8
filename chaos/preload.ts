/**
 * Loaded before an entry point of the product, which itself is run as it is: puts the small catalogue
 * in the place of the real one, and a witness beside the store.
 */
import { replaceModules } from './replace-modules.ts';

replaceModules(new URL('./', import.meta.url), {
  'src/products/catalogue.ts': 'catalogue.ts',
  'src/store/reports.ts': 'witnessed-reports.ts',
});
