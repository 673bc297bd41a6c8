/** A simulated worker: the real hot path, sweeper and use cases, over a database and a queue in memory. */
import pino from 'pino';
import { LETTER_KINDS } from '../src/domain/email.ts';
import { RunStopped, TransientFault } from '../src/domain/errors.ts';
import type { Timings } from '../src/domain/patience.ts';
import type { Store } from '../src/domain/ports/store.ts';
import type { Signals } from '../src/domain/ports/work.ts';
import { createTokens } from '../src/domain/token.ts';
import { createCommitPaidOrder } from '../src/orders/commit-paid-order.ts';
import { createSendEmail } from '../src/orders/letters/send-email.ts';
import { createSettleOrder } from '../src/orders/settle-order.ts';
import { createRunSteps } from '../src/pipeline/run-steps.ts';
import { createCarryOutReport } from '../workers/carry-out-report.ts';
import { sweep } from '../workers/sweeper.ts';
import type { MemoryQueue, SimulatedJob } from './memory-queue.ts';
import { createModel } from './model.ts';
import type { Oracle } from './oracle.ts';
import { catalogue } from './shop.ts';
import type { Process, Timers, World } from './world.ts';

export interface WorkerDeps {
  world: World & { timers: Timers };
  process: Process;
  store: Store;
  jobs: MemoryQueue;
  signals: Signals;
  oracle: Oracle;
  timings: Timings;
  faults(): number;
}

export const log = pino({ level: 'silent' });
const SLOTS = 2;
const STORE_AND_LETTERS = createTokens('a secret of at least thirty-two characters');

export interface SimulatedWorker {
  process: Process;
  /** As SIGTERM does: tells the runs to stop, and takes no new job. */
  close(): void;
}

export function startWorker(deps: WorkerDeps): SimulatedWorker {
  const { world, process, store, jobs, signals, oracle, timings, faults } = deps;
  const { clock } = world;
  const base = { store, catalogue, timings, log, clock, signals };
  const running = new Map<string, { job: SimulatedJob; stop: AbortController }>();
  const queue = jobs.queueFor(process);
  let closing = false;
  let turns = 0;

  const sendEmail = createSendEmail({
    ...base,
    operatorEmail: null,
    composeAlert: (key) => ({ to: '', subject: '', text: '', html: '', key: String(key) }),
    composeLetter: (_kind, key) => ({ to: '', subject: '', text: '', html: '', key }),
    mailer: {
      async send({ key }) {
        await world.turn(process, 'mail');
        if (world.chance(faults())) throw new TransientFault('mail_deferred', '429');
        const unanswered = world.chance(faults());
        oracle.sent(key, unanswered);
        await world.turn(process, 'mail answered');
        if (unanswered) throw new TransientFault('mail_timeout', 'no answer');
        return { providerId: key };
      },
    },
    tokens: STORE_AND_LETTERS,
    publicUrl: 'https://almanac.example',
  });
  const settleOrder = createSettleOrder({ ...base, sendEmail });
  const commitPaidOrder = createCommitPaidOrder({ ...base, queue });
  const carryOut = createCarryOutReport({
    ...base,
    runSteps: createRunSteps({ ...base, askStep: createModel({ ...deps, oracle }) }),
    settleOrder,
    watchRun: () => () => {},
    awakeMs: () => clock().getTime(),
    scratch: {
      fresh: async ({ id }) => id,
      keep: async () => {},
      kept: async () => null,
      remove: async () => {},
      tidy: async () => {},
    },
    renderer: {
      async render({ info }, file, { signal }) {
        oracle.drawn(file, info.title);
        await world.sleep(process, 5_000, 'render');
        signal.throwIfAborted();
        return { file, pages: 1, bytes: 1, sha256: '' };
      },
    },
    blob: {
      async upload(_file, key, { signal }) {
        await world.sleep(process, 2_000, 'upload');
        signal.throwIfAborted();
        if (world.chance(faults())) throw new TransientFault('blob_unavailable', '503');
        return { url: key, bytes: 1 };
      },
    },
  });

  async function run(job: SimulatedJob, token: string): Promise<void> {
    const stop = new AbortController();
    running.set(token, { job, stop });
    const outcome = await carryOut({ reportId: job.reportId, orderId: job.orderId }, stop.signal);
    await world.turn(process, `end of run: ${outcome.kind}`);
    running.delete(token);
    jobs.finish(job, token, outcome);
  }

  async function consume(): Promise<void> {
    while (!closing) {
      await world.sleep(process, 1_000, 'look for jobs');
      if (running.size >= SLOTS || closing) continue;
      turns += 1;
      const token = `${process.name}/${turns}`;
      const job = jobs.take(token);
      if (job) void run(job, token);
    }
  }

  async function keepLocks(): Promise<void> {
    for (;;) {
      await world.sleep(process, timings.lock / 2, 'renew locks');
      for (const [token, { job, stop }] of running) {
        if (!jobs.renew(job, token)) stop.abort(new RunStopped('lock_lost', 'lock lost'));
      }
      jobs.checkStalled();
    }
  }

  async function keepSweeping(): Promise<void> {
    const sends = LETTER_KINDS; // as its operatorEmail says
    const sweeperDeps = { ...base, queue, commitPaidOrder, settleOrder, sendEmail, sends };
    for (;;) {
      await world.sleep(process, timings.sweep, 'sweep');
      try {
        const { name: holder } = process;
        if (await store.leases.take('sweep', holder, clock(), timings.lease)) {
          await sweep(sweeperDeps);
        }
      } catch {
        // as in the real one, the next sweep does it
      }
    }
  }

  void consume();
  void keepLocks();
  void keepSweeping();
  return {
    process,
    close() {
      closing = true;
      for (const { stop } of running.values()) {
        stop.abort(new RunStopped('closing', 'this process is closing'));
      }
      world.timers.set(() => {
        process.alive = false;
      }, 2 * timings.handOver);
    },
  };
}
