/**
 * Starts the drawing process with a cache of compiled code, in JavaScript because Node would otherwise load its compiler
 * to strip the types of this very file. What the cache holds needs no compiler: 25 MB and a quarter of a second less.
 */
import { enableCompileCache, flushCompileCache } from 'node:module';

enableCompileCache();
await import('./render-process.ts');
flushCompileCache(); // by itself Node writes it at an orderly end, and this process is killed
