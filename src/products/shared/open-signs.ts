/** What an unknown birth time leaves open about signs, for the calls and for the words on the pages. */
import { pointName } from '../../astrology/describe.ts';
import type { QuestionGroup } from '../../domain/call-plan.ts';
import type { Chart, ReportFacts } from '../../domain/sky.ts';
import { SHOWN_BODIES } from './glyphs.ts';

type Open = NonNullable<QuestionGroup['open']>;

/** The bodies that changed sign on the day of birth. Empty with a known time, and for facts that do not say. */
export function openSigns({ bodies }: Pick<Chart, 'bodies'>): Open {
  return SHOWN_BODIES.flatMap((body) => {
    const signs = bodies[body].day?.signs ?? [];
    return signs.length > 1 ? [{ name: pointName(body), oneOf: signs }] : [];
  });
}

/** For a group's `open`, left out when nothing is: the plans of older facts stay as they were. */
export function openOf({ chart, progressedMoon }: ReportFacts): Pick<QuestionGroup, 'open'> {
  const progressed = [progressedMoon?.from, progressedMoon?.to].flatMap((moon) => {
    const signs = moon?.day?.signs ?? [];
    return signs.length > 1 ? [{ name: 'Progressed Moon', oneOf: signs }] : [];
  });
  const open = [...openSigns(chart), ...progressed];
  return open.length === 0 ? {} : { open };
}

/** "the Sun", "Mercury": within a sentence. */
export function withArticle(name: string): string {
  return ['Sun', 'Moon', 'North Node'].includes(name) ? `the ${name}` : name;
}
