/** For a preload: a process of the product runs unchanged, except for some modules. */
import { registerHooks } from 'node:module';

/**
 * @param folder URL of the replacements, which themselves import the real modules
 * @param instead the replacement's file, by the path that it replaces
 */
export function replaceModules(folder: URL, instead: Record<string, string>): void {
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      if (context.parentURL?.startsWith(folder.href)) return found;
      const entry = Object.entries(instead).find(([path]) => found.url.endsWith(`/${path}`));
      return entry ? { ...found, url: new URL(entry[1], folder).href } : found;
    },
  });
}
