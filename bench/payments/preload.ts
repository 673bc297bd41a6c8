/** Loaded before the unchanged API: replaces the store with one that kills the process. */
import { replaceModules } from '../../chaos/replace-modules.ts';

replaceModules(new URL('./', import.meta.url), { 'src/store/open-store.ts': 'dying-store.ts' });
