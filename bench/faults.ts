/**
 * The whole personal horoscope with its real prompts and all 8,620 answers, from a model that fails on
 * one request in ten, under five seeds. Prints which faults it met, and what was paid for them.
 */
import type { CallPlan } from '../src/domain/call-plan.ts';
import type { ProductDefinition } from '../src/domain/product.ts';
import { createAnswerSheet } from '../src/llm/answers/answer-sheet.ts';
import { catalogue } from '../src/products/catalogue.ts';
import {
  FAULT_KINDS,
  type FaultWish,
  oneInTen,
  type SeenCall,
} from '../test/pipeline/faulty-openai.ts';
import { runWithFaults } from '../test/pipeline/faulty-run.ts';
import { repeatedIds } from '../test/pipeline/repeated-ids.ts';
import { subjectOf } from '../test/products/sample.ts';

const SEEDS = [1, 2, 3, 4, 5];
/** a horoscope's 161, and all that are asked again */
const MOST_REQUESTS = 300;

interface Run {
  /** as the provider saw and billed them */
  calls: SeenCall[];
  /** answers that are valid by the product's own rules */
  valid: number;
  /** ids asked for again although a recorded call had a valid answer */
  repeated: number;
  /** snoozes and burnt attempts */
  retries: number;
  /** tokens of good answers in faulty replies, which are kept */
  keptTokens: number;
}

export async function run(): Promise<void> {
  const definition = catalogue.products.find(({ id }) => id === 'personal-horoscope');
  if (!definition) throw new Error('the catalogue has no personal horoscope');
  const subject = subjectOf();
  const plan = definition.plan(definition.gatherFacts(subject), subject);
  const clean = await carryOut(definition, plan, []);
  console.log(`without faults ${JSON.stringify(figuresOf(clean, clean))}`);

  const all: Record<string, number>[] = [];
  for (const seed of SEEDS) {
    const faulty = await carryOut(definition, plan, oneInTen(seed, MOST_REQUESTS));
    console.log(`\nseed ${seed}\n${tableOf(faulty.calls)}`);
    const figures = figuresOf(faulty, clean);
    console.log(JSON.stringify(figures));
    all.push(figures);
  }
  const worst = Object.fromEntries(
    Object.keys(all[0] ?? {}).map((name) => {
      const values = all.map((figures) => figures[name] ?? Number.NaN);
      return [name, name === 'valid' ? Math.min(...values) : Math.max(...values)];
    }),
  );
  console.log(
    JSON.stringify({ bench: 'faults', seeds: SEEDS, answers: definition.answers, worst }),
  );
}

async function carryOut(
  definition: ProductDefinition,
  plan: CallPlan,
  wishes: readonly FaultWish[],
): Promise<Run> {
  const { seen, rows, sections, retries } = await runWithFaults(definition, plan, wishes, 0);
  const said = new Set<number>();
  const valid = plan.steps.flatMap((step, index) => {
    const sheet = createAnswerSheet(step, definition.answerLength, said);
    return sheet.take(JSON.stringify({ answers: sections[index]?.answers ?? [] }));
  });
  const answers = sections.flatMap((section) => section.answers);
  const tokensOf = new Map(answers.map((answer) => [answer.id, tokensIn(answer)]));
  const faulty = new Set(seen.filter(isFaulty).map(({ requestId }) => requestId));
  const kept = rows.filter(({ id }) => faulty.has(id)).flatMap(({ answered }) => answered);
  return {
    calls: seen,
    valid: valid.length,
    repeated: repeatedIds(rows).length,
    retries,
    keptTokens: kept.reduce((total, id) => total + (tokensOf.get(id) ?? 0), 0),
  };
}

/** Counts tokens like the sandbox. */
function tokensIn(answer: object): number {
  return JSON.stringify(answer).length / 4;
}

function isFaulty({ outcome }: SeenCall): boolean {
  return outcome !== 'answered';
}

function figuresOf({ calls, valid, repeated, retries, keptTokens }: Run, clean: Run) {
  const faulty = calls.filter(isFaulty);
  const faultyOut = sum(faulty, 'completionTokens');
  const extraOut = sum(calls, 'completionTokens') - sum(clean.calls, 'completionTokens');
  return {
    valid,
    repeated,
    retries,
    calls: calls.length,
    faulty: faulty.length,
    extraCalls: calls.length - clean.calls.length,
    faultyOutputTokens: faultyOut,
    extraOutputTokens: extraOut,
    extraOutputRatio: ratio(extraOut, faultyOut),
    /** relative to the bad part of the faulty replies, the least that must be paid again */
    extraOverBad: ratio(extraOut, faultyOut - keptTokens),
    extraInputTokens: sum(calls, 'promptTokens') - sum(clean.calls, 'promptTokens'),
  };
}

function ratio(extra: number, of: number): number {
  return Number((extra / Math.max(1, of)).toFixed(2));
}

/** The faults met, and the calls that were paid because of them. */
function tableOf(calls: readonly SeenCall[]): string {
  const causes = calls.map((call, index) => causeOf(call, calls.slice(0, index)));
  const rows = FAULT_KINDS.flatMap((kind) => {
    const met = calls.filter(({ outcome }) => outcome === kind);
    if (met.length === 0) return [];
    const again = calls.filter((_, index) => causes[index]?.outcome === kind);
    return [rowOf(kind, met, again)];
  });
  const faulty = calls.filter(isFaulty);
  const head = ['met', 'extra calls', 'asked again', 'in again', 'faulty out', 'out again'];
  const total = rowOf(
    'all',
    faulty,
    calls.filter((_, index) => causes[index] !== undefined),
  );
  return [line('fault', head), ...rows, total].join('\n');
}

/** The cause of a request is the last earlier request for one of its answers, if that one was faulty. */
function causeOf(call: SeenCall, before: readonly SeenCall[]): SeenCall | undefined {
  const asked = new Set(call.asked);
  const same = before.findLast((earlier) => earlier.asked.some((id) => asked.has(id)));
  return same?.outcome === 'answered' ? undefined : same;
}

function rowOf(kind: string, met: readonly SeenCall[], again: readonly SeenCall[]): string {
  const answers = again.reduce((total, { asked }) => total + asked.length, 0);
  const inAgain = sum(again, 'promptTokens');
  const [inVain, outAgain] = [sum(met, 'completionTokens'), sum(again, 'completionTokens')];
  return line(kind, [met.length, again.length, answers, inAgain, inVain, outAgain]);
}

function line(name: string, cells: readonly (string | number)[]): string {
  return name.padEnd(20) + cells.map((cell) => String(cell).padStart(13)).join('');
}

function sum(calls: readonly SeenCall[], field: 'promptTokens' | 'completionTokens'): number {
  return calls.reduce((total, call) => total + call[field], 0);
}
