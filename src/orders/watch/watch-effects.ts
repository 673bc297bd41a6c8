/** The alarm for effects: looks at the store and the queues for what stands still, whatever the cause. */
import type { AlarmArea } from '../../domain/alarm.ts';
import { TransientFault } from '../../domain/errors.ts';
import type { QueueHealth } from '../../domain/ports/work.ts';
import type { QueueName } from '../../domain/product.ts';
import { type Finding, keepAlarms } from '../letters/keep-alarms.ts';
import type { Needs } from '../needs.ts';
import { findEvents, findLetters, findPurges, findRefunds } from './find-overdue.ts';
import { findQueues, findRedis } from './find-queues.ts';
import { findReports } from './find-reports.ts';
import { readLife } from './life.ts';

/** One process at a time. An area that cannot be looked at is logged and keeps its alarms as they are. */
export type WatchEffects = (stop?: AbortSignal) => Promise<void>;

export function createWatchEffects(
  deps: Needs<'store' | 'queue' | 'catalogue' | 'timings' | 'log' | 'clock'>,
): WatchEffects {
  const { queue, timings, log } = deps;

  async function healthOf(): Promise<Record<QueueName, QueueHealth> | null> {
    try {
      return await queue.health();
    } catch (err) {
      log.warn({ err }, 'queues not looked at: Redis does not answer');
      return null;
    }
  }

  async function look(area: AlarmArea, find: () => Finding[] | Promise<Finding[]>): Promise<void> {
    try {
      await keepAlarms(deps, area, await find());
    } catch (error) {
      if (error instanceof TransientFault && error.code === 'store_unavailable') throw error;
      log.error({ err: error, area }, 'not looked at: tried again later');
    }
  }

  return async (stop) => {
    const health = await healthOf();
    const { alive } = await readLife(deps, 'workers');
    const looks: [AlarmArea, () => Finding[] | Promise<Finding[]>][] = [
      ['redis', () => findRedis(health !== null, timings)],
      ['reports', () => findReports(deps, health)],
      ['refunds', () => findRefunds(deps)],
      ['purges', () => findPurges(deps)],
      ['events', () => findEvents(deps)],
      ['letters', () => findLetters(deps)],
    ];
    // no answer, or no worker at all: what is told of single queues stays as it is
    if (health !== null && alive) looks.push(['queues', () => findQueues(health, timings)]);
    for (const [area, find] of looks) {
      if (stop?.aborted) return;
      await look(area, find);
    }
  };
}
