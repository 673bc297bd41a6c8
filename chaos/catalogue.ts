/** The same pipelines with few steps: so that hundreds of orders fit into minutes. */
import type { Answer, CallPlan } from '../src/domain/call-plan.ts';
import type { Block } from '../src/domain/document.ts';
import type { Catalogue, ProductDefinition } from '../src/domain/product.ts';
import { blueprintV1 } from '../src/products/blueprint/v1/definition.ts';
import { lifeClarityV1 } from '../src/products/life-clarity/v1/definition.ts';
import { personalHoroscopeV1 } from '../src/products/personal-horoscope/v1/definition.ts';

const STEPS = 8;

/** Blueprint's questions under another product's name and width: their facts take no CPU to speak of. */
function small(real: ProductDefinition): ProductDefinition {
  const inSequence = real.width === 1;
  return {
    ...real,
    caller: 'completion',
    answerLength: blueprintV1.answerLength,
    steps: STEPS,
    answers: STEPS,
    pages: null,
    gatherFacts: blueprintV1.gatherFacts,
    plan(facts, subject): CallPlan {
      const plan = blueprintV1.plan(facts, subject);
      const digest = (previous: readonly Answer[]) => previous.map(({ id }) => id).join();
      return { ...plan, steps: plan.steps.slice(0, STEPS), digest: inSequence ? digest : null };
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
        const blocks: Block[] = [{ kind: 'heading', level: 1, text: real.title }];
        for await (const { id, text } of answers) {
          blocks.push({ kind: 'answer', id, question: id, text });
        }
        const outline = [{ title: real.title, level: 0 }];
        yield { id: 'answers', layout: 'flow' as const, outline, head: '', blocks };
      })(),
    }),
  };
}

const products = [lifeClarityV1, blueprintV1, personalHoroscopeV1].map(small);

export const catalogue: Catalogue = {
  products,
  bundles: [
    {
      id: 'bundle',
      title: 'Bundle',
      summary: '',
      price: { currency: 'usd', amountMinor: 4_900 },
      products: products.map(({ id }) => id),
    },
  ],
  definition: (id, version) =>
    products.find((product) => product.id === id && product.version === version) ?? null,
};

export const { definition } = catalogue;
