/** Turns what a look has found into alarms: each tells an operator once when it begins, and once when it ends. */
import type { Alarm, AlarmArea } from '../../domain/alarm.ts';
import { TransientFault } from '../../domain/errors.ts';
import type { Store } from '../../domain/ports/store.ts';
import type { RaiseAlertDeps } from './raise-alert.ts';
import { raiseAlert } from './raise-alert.ts';

export interface KeepAlarmsDeps extends RaiseAlertDeps {
  store: Pick<Store, 'emails' | 'alarms'>;
}

/** Something that an operator has to know, as it is now. */
export interface Finding {
  /** one alarm each */
  cause: string;
  /** since when, as far as the store knows; null: since a watch saw it first */
  since: Date | null;
  /** of several with one cause: when the last of them began */
  upTo?: Date;
  /** told when it has lasted for so long, milliseconds */
  afterMs: number;
  /** and when it has been seen for so long, milliseconds */
  seenMs?: number;
  /** told in one letter with this cause, when both are told at once */
  besides?: string;
  /** its end is not worth a letter */
  endsSilently?: boolean;
  orderId?: string;
  /** its first line is the subject; ids and causes only, never personal data */
  note(since: Date): string;
}

/**
 * @param found all of this area: what is not among it has ended
 * @throws TransientFault `store_unavailable`; another fault of one alarm is logged, and the others are kept
 */
export async function keepAlarms(
  deps: KeepAlarmsDeps,
  area: AlarmArea,
  found: readonly Finding[],
): Promise<void> {
  const { store, log, clock } = deps;
  const toldNow = new Set<string>();
  const open = new Map((await store.alarms.open(area)).map((alarm) => [alarm.cause, alarm]));

  const passed = (since: Date): number => clock().getTime() - since.getTime();

  async function keep(finding: Finding): Promise<void> {
    const { cause, since, upTo = since } = finding;
    const now = clock();
    let alarm = open.get(cause);
    open.delete(cause);
    if (alarm && since !== null && since.toISOString() > alarm.upTo) {
      // all that it was about is over: this came later
      await end(alarm);
      alarm = undefined;
    }
    const times = {
      since: (since ?? now).toISOString(),
      upTo: (upTo ?? now).toISOString(),
    };
    alarm ??= await store.alarms.begin({ cause, area, ...times }, now);
    if (upTo !== null && times.upTo > alarm.upTo) {
      await store.alarms.change(alarm, { upTo: times.upTo });
    }
    const lasts = since ?? new Date(alarm.since);
    const isTime =
      passed(lasts) >= finding.afterMs && passed(new Date(alarm.seenAt)) >= (finding.seenMs ?? 0);
    if (alarm.toldAt === null && isTime) await tell(finding, alarm, lasts);
  }

  async function tell(finding: Finding, alarm: Alarm, since: Date): Promise<void> {
    const note = finding.note(since);
    const { orderId } = finding;
    if (!toldNow.has(finding.besides ?? '')) {
      await raiseAlert(deps, { cause: `${alarm.cause}-${alarm.episode}`, orderId, note });
    }
    toldNow.add(alarm.cause);
    const what = finding.endsSilently ? null : (note.split('\n')[0] ?? '');
    await store.alarms.change(alarm, { toldAt: clock().toISOString(), what });
  }

  async function end(alarm: Alarm): Promise<void> {
    const now = clock();
    const { cause, episode, since, what } = alarm;
    if (what !== null) {
      const note = `over: ${what}\nIt began at ${utc(since)} and was over at ${utc(now.toISOString())}.`;
      await raiseAlert(deps, { cause: `${cause}-${episode}-over`, note, over: true });
    }
    await store.alarms.end(alarm, now);
  }

  async function guarded(cause: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof TransientFault && error.code === 'store_unavailable') throw error;
      log.error({ err: error, cause }, 'alarm not kept: tried again at the next look');
    }
  }

  for (const finding of found) await guarded(finding.cause, () => keep(finding));
  for (const alarm of open.values()) await guarded(alarm.cause, () => end(alarm));
}

/** A time in words for operators: `2026-11-28 19:42 UTC`. */
export function utc(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`;
}
