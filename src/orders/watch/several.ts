/** Many things that stand still for one reason are one alarm, and a second one when they have become many. */
import type { Finding } from '../letters/keep-alarms.ts';

export interface Standing {
  id: string;
  since: Date;
}

/** From so many on they are told once more: one that stands still for long must not hide that all do. */
const MANY = 10;
/** Named in an alert. */
const NAMED = 5;

/**
 * @param standing in any order
 * @param what the alert's first line
 * @param then its other lines
 */
export function several(
  finding: Pick<Finding, 'cause' | 'afterMs' | 'seenMs'>,
  standing: readonly Standing[],
  what: string,
  then: (since: Date) => string,
): Finding[] {
  const sorted = standing.toSorted((a, b) => a.since.getTime() - b.since.getTime());
  const [first] = sorted;
  const upTo = sorted.at(-1)?.since;
  if (first === undefined || upTo === undefined) return [];
  const { since } = first;
  const one: Finding = {
    ...finding,
    since,
    upTo,
    note: () => `${what}\n${then(since)}\n${idsOf(sorted)}`,
  };
  if (sorted.length < MANY) return [one];
  const more = { cause: `${finding.cause}-many`, what: `${MANY} or more: ${what}` };
  const note = () => `${more.what}\n${then(since)}\n${idsOf(sorted)}`;
  return [one, { ...one, cause: more.cause, besides: one.cause, endsSilently: true, note }];
}

/** Of what may be endless, as much as an alert needs. */
export async function atMost<T>(items: AsyncIterable<T>, most = 1_000): Promise<T[]> {
  const taken: T[] = [];
  for await (const item of items) {
    if (taken.push(item) >= most) break;
  }
  return taken;
}

function idsOf(standing: readonly Standing[]): string {
  const named = standing.slice(0, NAMED).map(({ id }) => id);
  const others = standing.length - named.length;
  return `${named.join(', ')}${others > 0 ? `, and ${others} more` : ''}`;
}
