/** The worker of the `blueprint` queue. */
import { startWorker } from './start-worker.ts';

await startWorker('blueprint');
