/**
 * The real pipelines with few steps, so that hundreds of orders fit into minutes, and the full-sized
 * ones under other names. A build of a later version also knows the earlier ones.
 */
import type { Answer, CallPlan } from '../src/domain/call-plan.ts';
import { createCatalogue } from '../src/domain/catalogue.ts';
import type { Block } from '../src/domain/document.ts';
import type { ProductDefinition } from '../src/domain/product.ts';
import { blueprintV1 } from '../src/products/blueprint/v1/definition.ts';
import { lifeClarityV1 } from '../src/products/life-clarity/v1/definition.ts';
import { personalHoroscopeV1 } from '../src/products/personal-horoscope/v1/definition.ts';

const STEPS = 8;
/** What each step of the horoscope needs: two that span all, then three lanes of two. */
const LANES = [[], [1], [1, 2], [1, 2], [1, 2], [1, 2, 3], [1, 2, 4], [1, 2, 5]];

/** the newest version that this build knows */
const BUILD = Number(process.env.CHAOS_BUILD ?? 1);

/** Blueprint's questions under another product's name and width, because their facts cost hardly any CPU. */
function small(real: ProductDefinition, version: number): ProductDefinition {
  const lanes = real.width === 1;
  const named = version === 1 ? (text: string) => text : (text: string) => `v${version}-${text}`;
  return {
    ...real,
    version,
    caller: 'completion',
    answerLength: blueprintV1.answerLength,
    width: lanes ? 3 : real.width,
    steps: STEPS,
    answers: STEPS,
    pages: null,
    gatherFacts: blueprintV1.gatherFacts,
    plan(facts, subject): CallPlan {
      const plan = blueprintV1.plan(facts, subject);
      const digest = (previous: readonly Answer[]) => previous.map(({ id }) => id).join();
      const steps = plan.steps.slice(0, STEPS).map((step, index) => ({
        ...step,
        needs: lanes ? (LANES[index] ?? []) : [],
        groups: step.groups.map((group) => ({
          ...group,
          questions: group.questions.map(({ id, text }) => ({ id: named(id), text: named(text) })),
        })),
      }));
      return { ...plan, steps, digest: lanes ? digest : null };
    },
    document: (_facts, subject, { createdAt, answers }) => ({
      info: {
        title: real.title,
        author: 'Almanac',
        subject: subject.birth.name,
        language: 'en',
        createdAt,
        pages: null,
        partsPerChunk: 10,
      },
      parts: (async function* () {
        const heading = `Version ${version}`;
        const blocks: Block[] = [{ kind: 'heading', level: 1, text: heading }];
        for await (const { id, text } of answers) {
          blocks.push({ kind: 'answer', id, question: id, text });
        }
        const outline = [{ title: heading, level: 0 }];
        yield { id: 'answers', layout: 'flow' as const, outline, head: '', blocks };
      })(),
    }),
  };
}

const versions = Array.from({ length: BUILD }, (_, index) => index + 1);
const known = [
  ...[lifeClarityV1, blueprintV1, personalHoroscopeV1].flatMap((real) =>
    versions.map((version) => small(real, version)),
  ),
  { ...blueprintV1, id: 'large-blueprint' },
  { ...personalHoroscopeV1, id: 'large-horoscope' },
];
export const catalogue = createCatalogue(known, [
  {
    id: 'bundle',
    title: 'Bundle',
    summary: '',
    price: { currency: 'usd', amountMinor: 4_900 },
    products: [lifeClarityV1, blueprintV1, personalHoroscopeV1].map(({ id }) => id),
  },
]);
