/**
 * Loaded before an unchanged entry point of the product: replaces the real catalogue with the small
 * one, and adds a witness to the store.
 */
import { replaceModules } from './replace-modules.ts';

replaceModules(new URL('./', import.meta.url), {
  'src/products/catalogue.ts': 'catalogue.ts',
  'src/store/reports.ts': 'witnessed-reports.ts',
});
