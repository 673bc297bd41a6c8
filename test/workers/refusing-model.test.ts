import { describe, expect, test } from 'vitest';
import { REFUSALS, whenTheOperatorHears } from './refusing-model.ts';

describe("a model that refuses for ever, at production's own waits", () => {
  test.each(REFUSALS.filter(({ cured }) => !cured))(
    'an operator hears within one sweep, and the report is held: $title',
    async ({ refusal, reason }) => {
      const heard = await whenTheOperatorHears(refusal, 1);
      expect(heard).toMatchObject({
        what: `a report is held: ${reason}`,
        requests: 1,
        state: `held (${reason})`,
      });
      expect(heard.seconds).toBeLessThanOrEqual(10);
    },
  );

  test.each(REFUSALS.filter(({ cured }) => cured))(
    'a 429 that may pass is asked again every 15 minutes, and an operator hears after an hour: $title',
    async ({ refusal }) => {
      const heard = await whenTheOperatorHears(refusal, 2);
      expect(heard.longestWait).toBeLessThanOrEqual(15);
      expect(heard.requests).toBeGreaterThan(10);
      expect(heard).toMatchObject({ seconds: 3_600, what: 'reports stand still: blueprint' });
    },
    60_000,
  );
});
