/** The worker of the `personal-horoscope` queue. */
import { startWorker } from './start-worker.ts';

await startWorker('personal-horoscope');
