/** About what a report costs in model calls: the length of its prompts and of its answers, at four characters a token. */
import type { Subject } from '../../src/domain/birth.ts';
import { questionsOf } from '../../src/domain/call-plan.ts';
import type { ProductDefinition } from '../../src/domain/product.ts';
import type { Usage } from '../../src/domain/usage.ts';
import { buildPrompt } from '../../src/llm/prompt.ts';

const CHARACTERS_A_TOKEN = 4;
/** An answer's id and frame in JSON. */
const FRAME_TOKENS = 12;

/** Any person: prompts of others are about as long. */
const SOMEBODY: Subject = {
  birth: {
    name: 'Ada Moreau',
    date: '1990-06-15',
    time: '11:00',
    place: {
      name: 'London, United Kingdom',
      latitude: 51.5074,
      longitude: -0.1278,
      timeZone: 'Europe/London',
    },
    utc: '1990-06-15T10:00:00Z',
    offsetSeconds: 3_600,
  },
  reportYear: { startDate: '2027-01-01', timeZone: 'Europe/London' },
  houseSystem: 'placidus',
  zodiac: 'tropical',
};

/** Without cached tokens, thoughts and answers that are asked again. @returns tokens of each call, in the plan's order */
export function usageOfReport(definition: ProductDefinition): Usage[] {
  const plan = definition.plan(definition.gatherFacts(SOMEBODY), SOMEBODY);
  const { min, max } = definition.answerLength.target;
  const answerTokens = (min + max) / 2 / CHARACTERS_A_TOKEN + FRAME_TOKENS;
  return plan.steps.map((step) => {
    const ids = questionsOf(step).map(({ id }) => id);
    const { system, user } = buildPrompt({ plan, step, digest: null, ids, note: null });
    return {
      tokensIn: Math.ceil((system.length + user.length) / CHARACTERS_A_TOKEN),
      tokensCached: 0,
      tokensOut: Math.ceil(ids.length * answerTokens),
    };
  });
}
