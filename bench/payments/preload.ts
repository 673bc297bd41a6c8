/** Loaded before the API, which itself is run as it is: puts a store in place that kills the process. */
import { replaceModules } from '../../chaos/replace-modules.ts';

replaceModules(new URL('./', import.meta.url), { 'src/store/open-store.ts': 'dying-store.ts' });
