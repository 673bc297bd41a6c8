/** What a product asks and prints for stored facts, as hashes: of every request's two messages, and of the pages. */
import { createHash } from 'node:crypto';
import type { Subject } from '../../../src/domain/birth.ts';
import { questionsOf } from '../../../src/domain/call-plan.ts';
import type { ReportFacts } from '../../../src/domain/sky.ts';
import { buildPrompt } from '../../../src/llm/prompt.ts';
import { catalogue } from '../../../src/products/catalogue.ts';
import { answersTo, factsOf, partsOf, stored } from '../sample.ts';

/** A row of `unknown-time.json`: facts as the store held them before facts knew what is uncertain. */
export interface StoredFacts {
  subject: Subject;
  facts: Omit<ReportFacts, 'periods'>;
}

/** Keyed by product. The horoscope's periods are those of the sample: none of their fields is in question. */
export async function requestsFor({
  subject,
  facts: kept,
}: StoredFacts): Promise<Record<string, { person: string[]; requests: string; pages: string }>> {
  const facts: ReportFacts = { ...kept, periods: factsOf(subject).periods };
  const found: Record<string, { person: string[]; requests: string; pages: string }> = {};
  for (const product of catalogue.definitions) {
    const plan = product.plan(facts, subject);
    const requests = createHash('sha256');
    for (const step of plan.steps) {
      const ids = questionsOf(step).map(({ id }) => id);
      const { system, user } = buildPrompt({ plan, step, digest: null, ids, note: null });
      requests.update(JSON.stringify({ system, user }));
    }
    const answers = stored(answersTo(plan));
    const document = product.document(facts, subject, {
      createdAt: '2026-01-05T10:00:00.000Z',
      answers,
    });
    const pages = createHash('sha256').update(
      JSON.stringify([document.info, await partsOf(document)]),
    );
    found[`${product.id}@${product.version}`] = {
      person: plan.person,
      requests: requests.digest('hex'),
      pages: pages.digest('hex'),
    };
  }
  return found;
}
