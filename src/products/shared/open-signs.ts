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
  const ends = [progressedMoon?.from, progressedMoon?.to].map((moon) => moon?.day?.signs ?? []);
  // what is certain at one end of the year may be said, whatever the other end leaves open
  const certain = ends.flatMap((signs) => (signs.length === 1 ? signs : []));
  const progressed = ends
    .filter((signs) => signs.length > 1)
    .map((signs) => ({
      name: 'Progressed Moon',
      oneOf: signs.filter((sign) => !certain.includes(sign)),
    }));
  const open = [...openSigns(chart), ...progressed];
  return open.length === 0 ? {} : { open };
}

/** "the Sun", "Mercury": within a sentence. */
export function withArticle(name: string): string {
  return ['Sun', 'Moon', 'North Node'].includes(name) ? `the ${name}` : name;
}
