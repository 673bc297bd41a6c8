/** The blueprint's calls: fifty-two independent steps of one theme each. */
import type { Subject } from '../../../domain/birth.ts';
import type { CallPlan } from '../../../domain/call-plan.ts';
import type { ReportFacts } from '../../../domain/sky.ts';
import { natalLines } from '../../shared/natal-lines.ts';
import { personLines } from '../../shared/person-lines.ts';
import { readPrompt } from '../../shared/read-prompt.ts';
import { CHAPTERS } from './questions.ts';

const SYSTEM = readPrompt(new URL('./prompts/system.md', import.meta.url));

export function plan(facts: ReportFacts, subject: Subject): CallPlan {
  const themes = CHAPTERS.flatMap((chapter) => chapter.themes.map((theme) => ({ chapter, theme })));
  return {
    system: SYSTEM,
    person: personLines(facts, subject),
    steps: themes.map(({ chapter, theme }, index) => ({
      step: index + 1,
      needs: [],
      voice: 'blueprint',
      instructions: '',
      groups: [
        {
          title: `${chapter.title}: ${theme.title}`,
          facts: natalLines(facts.chart, theme.look),
          cites: true,
          questions: [{ id: theme.key, text: theme.question }],
        },
      ],
    })),
    digest: null,
  };
}
