/** The worker of the `bundle` queue. */
import { startWorker } from './start-worker.ts';

await startWorker('bundle');
