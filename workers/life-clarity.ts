/** The worker of the `life-clarity` queue. */
import { startWorker } from './start-worker.ts';

await startWorker('life-clarity');
