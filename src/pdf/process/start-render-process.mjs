/**
 * Starts the drawing process with a cache of compiled code. This file is JavaScript because Node would otherwise load
 * its compiler to strip the types of this very file. Cached code needs no compiler: 25 MB and a quarter second less.
 */
import { enableCompileCache, flushCompileCache } from 'node:module';

enableCompileCache();
await import('./render-process.ts');
flushCompileCache(); // Node would write it at an orderly exit, but this process is killed
