/** Life Clarity's calls: four steps at once, each an agent with its own voice and chapters. */
import { describeTransit } from '../../../astrology/describe.ts';
import type { Subject } from '../../../domain/birth.ts';
import type { CallPlan } from '../../../domain/call-plan.ts';
import type { ReportFacts } from '../../../domain/sky.ts';
import { longDate } from '../../shared/dates.ts';
import { natalLines } from '../../shared/natal-lines.ts';
import { personLines } from '../../shared/person-lines.ts';
import { progressedMoonLines } from '../../shared/progressed-moon.ts';
import { readPrompt } from '../../shared/read-prompt.ts';
import { type Chapter, VOICES } from './questions.ts';

const SYSTEM = readPrompt(new URL('./prompts/system.md', import.meta.url));

export function plan(facts: ReportFacts, subject: Subject): CallPlan {
  return {
    system: SYSTEM,
    person: personLines(facts, subject),
    steps: VOICES.map(({ name, instructions, chapters }, index) => ({
      step: index + 1,
      needs: [],
      voice: name,
      instructions,
      groups: chapters.map((chapter) => ({
        title: chapter.title,
        facts: factsOf(chapter, facts, subject),
        cites: true,
        questions: [{ id: chapter.key, text: chapter.question }],
      })),
    })),
    digest: null,
  };
}

function factsOf({ look, year }: Chapter, facts: ReportFacts, subject: Subject): string[] {
  const natal = natalLines(facts.chart, look);
  if (year === undefined) return natal;
  const { startDate, timeZone } = subject.reportYear;
  return [
    `The year begins on ${longDate(startDate)}`,
    ...progressedMoonLines(facts),
    ...facts.year
      .toSorted((left, right) => left.begins.localeCompare(right.begins))
      .map((transit) => describeTransit(transit, timeZone)),
    ...natal,
  ];
}
