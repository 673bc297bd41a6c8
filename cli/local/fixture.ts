/** Reports from stored answers, without a model: every page can be looked at and measured in seconds. */
import { citable, writeAnswer } from '../../sandbox/openai/prose.ts';
import { hash32 } from '../../sandbox/wire/random.ts';
import type { Subject } from '../../src/domain/birth.ts';
import type { Answer, CallPlan } from '../../src/domain/call-plan.ts';
import { AlmanacError } from '../../src/domain/errors.ts';
import type { RenderedPdf } from '../../src/domain/ports/work.ts';
import type { AnswerLength, ProductDefinition } from '../../src/domain/product.ts';
import { createPdfRenderer } from '../../src/pdf/process/renderer.ts';

/** `big`: a talkative model; `longest`: all that is allowed; `extreme`: all that may go wrong; `empty`: nothing. */
export const FIXTURES = ['big', 'longest', 'extreme', 'empty'] as const;
export type Fixture = (typeof FIXTURES)[number];

/** A name that needs four scripts, for `extreme`. */
export const EXTREME_NAME = 'Zoë Łukasz-Đặng · 田中 さくら · محمد · Ольга 🌙';

/** When the fixtures' order was paid: the same command gives the same bytes. */
const CREATED_AT = '2026-01-05T10:00:00.000Z';

/** @throws AlmanacError `usage` for a fixture that does not exist */
export function fixtureOf(name: string): Fixture {
  const found = FIXTURES.find((fixture) => fixture === name);
  if (found !== undefined) return found;
  throw new AlmanacError(
    'usage',
    `--fixture: there is no ${name}; use one of ${FIXTURES.join(', ')}`,
  );
}

/** @param out the PDF to write */
export async function renderFixture(
  fixture: Fixture,
  definition: ProductDefinition,
  subject: Subject,
  out: string,
  signal: AbortSignal,
): Promise<RenderedPdf & { peakRssBytes: number }> {
  let peakRssBytes = 0;
  const renderer = createPdfRenderer({ onPeakMemory: (bytes) => (peakRssBytes = bytes) });
  const facts = definition.gatherFacts(subject);
  const answers = fixtureAnswers(fixture, definition, definition.plan(facts, subject));
  const document = definition.document(facts, subject, { createdAt: CREATED_AT, answers });
  const done = await renderer.render(document, out, { signal });
  return { ...done, peakRssBytes };
}

/** The same each time. Each question's prose is written only when it is needed. */
export async function* fixtureAnswers(
  fixture: Fixture,
  { answerLength }: ProductDefinition,
  plan: CallPlan,
): AsyncGenerator<Answer> {
  const write = WRITERS[fixture](answerLength);
  const person = citable(plan.person);
  const seed = hash32(plan.person.join('\n'));
  let index = 0;
  for (const { title, facts, questions } of plan.steps.flatMap(({ groups }) => groups)) {
    for (const question of questions) {
      const prose = (min: number, max: number) =>
        writeAnswer(question, {
          title,
          facts: citable(facts),
          person,
          length: { min, max },
          seed,
        });
      yield { id: question.id, text: write(prose, index) };
      index += 1;
    }
  }
}

/** Makes the n-th answer from prose of the length that it asks for. */
type Prose = (min: number, max: number) => string;
type Writer = (prose: Prose, index: number) => string;

const WRITERS: Readonly<Record<Fixture, (length: AnswerLength) => Writer>> = {
  // the upper half of what is asked for: 6.4 MB in a horoscope
  big:
    ({ target }) =>
    (prose) =>
      prose(Math.round(target.max * 0.87), target.max),
  longest:
    ({ hard }) =>
    (prose) =>
      prose(hard.max - 12, hard.max),
  extreme: ({ hard }) => extremes(hard),
  empty: () => () => '',
};

const LONG_WORD = 'Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunter';
const SCRIPTS =
  'Names met on the way: Ångström, Čapek, İpek and Đặng; Ольга и Дмитрий; Ελένη και Νίκος; 田中 さくら, 김민준 and 王小明; ' +
  'محمد and שרה; प्रिया; ณัฐ. Sky 🌙, sun ☀ and stars ✨, and a family 👨‍👩‍👧 beside them.';

function extremes({ min, max }: AnswerLength['hard']): Writer {
  const kinds: readonly Writer[] = [
    (prose) => prose(max - 12, max),
    (prose) => prose(min, min + 12),
    (prose) => fill(`${LONG_WORD} `, prose(200, 300), max),
    (prose) => fill(`${SCRIPTS} `, prose(200, 300), max),
    () => fill('Yes. No. Soon. ', '', max),
    () => fill(LONG_WORD, '', max),
    (prose) => fill(`${prose(min, min + 12)}\n\n`, '', max),
  ];
  // a page holds five answers, so seven kinds meet in every combination
  return (prose, index) => (kinds[index % kinds.length] ?? kinds[0])?.(prose, index) ?? '';
}

/** Repeats a piece, then prose, as often as fits. */
function fill(piece: string, prose: string, max: number): string {
  const once = piece + (prose === '' ? '' : `${prose} `);
  return once.repeat(Math.max(1, Math.floor(max / once.length))).trim();
}
