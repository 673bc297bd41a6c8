/** Alerts an operator to held reports: when they are held, and again before they fail. */
import type { Timings } from '../../domain/patience.ts';
import { DISPUTED, HELD_BY_OPERATOR, MODEL_GONE, type Report } from '../../domain/report.ts';
import { type Finding, type KeepAlarmsDeps, keepAlarms, utc } from '../letters/keep-alarms.ts';
import { HELD_BY_CAP } from '../operators/set-caps.ts';

/** An operator's own act, and the cap, whose alerts come with it. */
const TOLD_OTHERWISE: readonly (string | null)[] = [HELD_BY_OPERATOR, HELD_BY_CAP];
/** Ends with the dispute, not after a time. */
const WITHOUT_END: readonly (string | null)[] = [DISPUTED];
const HOUR_MS = 3_600_000;
const NAMED = 5;

interface HeldGroup {
  reason: string;
  /** the one held longest is first */
  reports: Report[];
}

/**
 * One alarm per reason; a crash loop is one report's own. Released reports that are held again are a new episode.
 * @param held all that are
 */
export async function tellOfHeld(
  deps: KeepAlarmsDeps & { timings: Pick<Timings, 'heldMost' | 'heldReminder'> },
  held: readonly Report[],
): Promise<void> {
  const { timings, clock } = deps;
  const hours = timings.heldMost / HOUR_MS;
  const told = held.filter(({ reason }) => ![...TOLD_OTHERWISE, ...WITHOUT_END].includes(reason));
  const begun = groupsOf(told, ({ id, reason }) => (reason === 'crash_loop' ? id : '')).map(
    (each) =>
      findingOf('held', each, ({ reason, reports }) => {
        const [first] = reports;
        const fix =
          reason === MODEL_GONE
            ? 'The provider no longer has its model, and no successor lives. If the key may not use the model, allow it; else deploy a version with another model. Then'
            : 'Fix the cause, then';
        return `a report is held: ${reason}\n${first?.id}, and perhaps others, will not continue by itself; after ${hours} hours it fails and is refunded.\n${fix} run: almanac order release ${first?.id} --why "..."${reason === MODEL_GONE ? '\nIf finished steps would be asked again, it first says how many.' : ''}`;
      }),
  );
  await keepAlarms(deps, 'held', begun);

  const soon = held.filter(
    (report) =>
      !WITHOUT_END.includes(report.reason) &&
      since(report) + timings.heldMost - timings.heldReminder <= clock().getTime(),
  );
  const day = (report: Report) => new Date(since(report)).toISOString().slice(0, 10);
  const ending = groupsOf(soon, day).map((each) => ({
    ...findingOf('held-ends', each, ({ reason, reports }) => {
      const lines = reports.slice(0, NAMED).map((report) => {
        const end = new Date(since(report) + timings.heldMost);
        return `${report.id} fails at ${utc(end.toISOString())}`;
      });
      const others = reports.length - lines.length;
      return `held reports fail soon: ${reason}\n${lines.join('; ')}${others > 0 ? `; and ${others} more` : ''}. What fails is refunded.\nTo let one continue: almanac order release <id> --why "..."`;
    }),
    endsSilently: true,
  }));
  await keepAlarms(deps, 'held_ends', ending);
}

function groupsOf(reports: readonly Report[], part: (report: Report) => string) {
  const groups = new Map<string, HeldGroup>();
  for (const report of reports.toSorted((a, b) => since(a) - since(b))) {
    const reason = report.reason ?? 'unknown';
    const key = [reason, part(report)].filter(Boolean).join('-');
    const group = groups.get(key) ?? { reason, reports: [] };
    group.reports.push(report);
    groups.set(key, group);
  }
  return [...groups].map(([key, group]) => ({ key, ...group }));
}

function findingOf(
  what: string,
  group: HeldGroup & { key: string },
  note: (group: HeldGroup) => string,
): Finding {
  const [first] = group.reports;
  const last = group.reports.at(-1);
  return {
    cause: `${what}-${group.key}`,
    since: first ? new Date(since(first)) : null,
    ...(last && { upTo: new Date(since(last)) }),
    ...(first && { orderId: first.orderId }),
    afterMs: 0,
    note: () => note(group),
  };
}

function since({ heldAt, createdAt }: Report): number {
  return Date.parse(heldAt ?? createdAt) || 0;
}
