/** For a preload: a process of the product runs as it is, but for some modules. */
import { registerHooks } from 'node:module';

/**
 * @param folder of the replacements, as a URL: what they import themselves is the real thing
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
