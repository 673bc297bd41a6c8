/** Preloaded by `start`: when the process ends, writes which packages it has loaded. */
import { writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const packages = new Set<string>();
registerHooks({
  load(url, context, next) {
    const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
    if (name) packages.add(name);
    return next(url, context);
  },
});
process.once('exit', () => {
  if (process.env.LOADED_FILE) writeFileSync(process.env.LOADED_FILE, [...packages].join('\n'));
});
