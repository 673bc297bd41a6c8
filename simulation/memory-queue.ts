/** A queue in memory that treats jobs as BullMQ does, including what goes wrong with it. */
import { TransientFault } from '../src/domain/errors.ts';
import type { Outcome } from '../src/domain/outcome.ts';
import type { QueuedReport, ReportQueue } from '../src/domain/ports/work.ts';
import { perQueue } from '../src/domain/product.ts';
import type { Process, World } from './world.ts';

export interface SimulatedJob {
  id: string;
  reportId: string;
  orderId: string;
  state: 'waiting' | 'delayed' | 'active' | 'ended';
  dueAt: number;
  /** whose lock it is, and until when */
  token: string;
  lockedUntil: number;
}

export interface MemoryQueue {
  queueFor(process: Process): ReportQueue;
  take(token: string): SimulatedJob | null;
  /** @returns false when the lock is lost */
  renew(job: SimulatedJob, token: string): boolean;
  finish(job: SimulatedJob, token: string, outcome: Outcome): void;
  /** Jobs whose lock ran out wait again. */
  checkStalled(): void;
  /** Redis lost everything. */
  flush(): void;
  drop(): void;
  /** A lock is lost although its holder is alive: the job runs twice. */
  duplicate(): void;
}

export function createMemoryQueue(world: World, lockMs: number, loss: () => number): MemoryQueue {
  const jobs = new Map<string, SimulatedJob>();
  const active = () => [...jobs.values()].filter((job) => job.state === 'active');

  function add({ reportId, orderId, delayMs }: QueuedReport): void {
    if (jobs.has(reportId)) return; // as in BullMQ, an id stays taken
    const state = delayMs > 0 ? 'delayed' : 'waiting';
    const dueAt = world.now() + delayMs;
    jobs.set(reportId, {
      id: reportId,
      reportId,
      orderId,
      state,
      dueAt,
      token: '',
      lockedUntil: 0,
    });
  }

  function ensure(report: QueuedReport): 'added' | 'replaced' | 'promoted' | 'present' {
    const job = jobs.get(report.reportId);
    if (!job) {
      add(report);
      return 'added';
    }
    if (job.state === 'ended') {
      jobs.delete(job.id);
      add(report);
      return 'replaced';
    }
    if (job.state === 'delayed' && job.dueAt > world.now() + report.delayMs) {
      job.dueAt = world.now() + report.delayMs;
      return 'promoted';
    }
    return 'present';
  }

  return {
    queueFor(process) {
      async function command<T>(what: string, work: () => T): Promise<T> {
        await world.turn(process, what);
        if (world.chance(loss())) throw away();
        const result = work();
        if (world.chance(loss())) throw away();
        return result;
      }
      return {
        add: (_orderId, reports) => command('add jobs', () => reports.forEach(add)),
        ensure: (report) => command('ensure job', () => ensure(report)),
        ping: async () => {},
        health: async () => perQueue(() => ({ paused: false, workers: 1 })),
        close: async () => {},
      };
    },
    take(token) {
      for (const job of jobs.values()) {
        if (job.state === 'delayed' && job.dueAt <= world.now()) job.state = 'waiting';
      }
      const job = world.pick([...jobs.values()].filter(({ state }) => state === 'waiting'));
      if (!job) return null;
      Object.assign(job, { state: 'active', token, lockedUntil: world.now() + lockMs });
      return { ...job };
    },
    renew({ id }, token) {
      const job = jobs.get(id);
      if (job?.state !== 'active' || job.token !== token) return false;
      job.lockedUntil = world.now() + lockMs;
      return true;
    },
    finish({ id }, token, outcome) {
      const job = jobs.get(id);
      if (job?.state !== 'active' || job.token !== token) return;
      const again = outcome.kind === 'retry' || outcome.kind === 'snooze';
      if (!again) job.state = 'ended';
      else {
        job.state = outcome.delayMs > 0 ? 'delayed' : 'waiting';
        job.dueAt = world.now() + outcome.delayMs;
      }
    },
    checkStalled() {
      for (const job of active()) if (job.lockedUntil < world.now()) job.state = 'waiting';
    },
    flush: () => jobs.clear(),
    drop() {
      const job = world.pick([...jobs.values()]);
      if (job) jobs.delete(job.id);
    },
    duplicate() {
      const job = world.pick(active());
      if (job) job.state = 'waiting';
    },
  };
}

function away(): TransientFault {
  return new TransientFault('redis_unavailable', 'Redis does not answer');
}
