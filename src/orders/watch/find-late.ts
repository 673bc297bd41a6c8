/** Open reports that are past their promised time: customers wait, even if every one of them comes nearer to its end. */
import type { QueueName } from '../../domain/product.ts';
import type { Report } from '../../domain/report.ts';
import { type Finding, utc } from '../letters/keep-alarms.ts';
import type { Needs } from '../needs.ts';
import { promisedAt } from '../promised.ts';
import { type Standing, several } from './several.ts';

export interface LateReports {
  /** Looks at an open report. */
  see(report: Report): void;
  /** @returns one finding for each queue, which ends when none of its reports is late any more */
  found(): Finding[];
}

export function createLateReports({
  catalogue,
  timings,
  clock,
}: Needs<'catalogue' | 'timings' | 'clock'>): LateReports {
  const now = clock();
  const late = new Map<QueueName, (Standing & { deadline: string })[]>();
  return {
    see(report) {
      const since = promisedAt(report, report.promisedFrom ?? report.createdAt, catalogue);
      if (since === null || since > now) return;
      const those = late.get(report.queue) ?? [];
      those.push({ id: report.id, since, deadline: report.deadline });
      late.set(report.queue, those);
    },
    found: () =>
      [...late].flatMap(([queue, those]) => {
        const deadline = those.map((each) => each.deadline).toSorted()[0] ?? '';
        return several(
          { cause: `late-${queue}`, afterMs: 0, seenMs: timings.stillSeen },
          those,
          `reports are later than promised: ${queue}`,
          (since) =>
            `${those.length} of them, the first since ${utc(since.toISOString())}. Their customers were told once, by letter.\nNothing fails because of it: a report that still waits at its deadline fails then, the first at ${utc(deadline)}.`,
        );
      }),
  };
}
