/** `almanac prompt`: a step's two messages as the model gets them, and the sandbox's answer. */
import { parseArgs } from 'node:util';
import OpenAI from 'openai';
import { startSandbox } from '../../sandbox/start.ts';
import type { Subject } from '../../src/domain/birth.ts';
import { type Answer, questionsOf, type StepPlan } from '../../src/domain/call-plan.ts';
import { AlmanacError } from '../../src/domain/errors.ts';
import { readAnswers } from '../../src/llm/answers/answer-schema.ts';
import { buildPrompt, type Prompt } from '../../src/llm/prompt.ts';
import { catalogue } from '../../src/products/catalogue.ts';
import { birthOf } from '../sky/birth-of.ts';

export const summary = "prints a step's whole prompt and the sandbox's answer";

const USAGE = `npm run almanac -- prompt --product blueprint --step 1

  --product   ${catalogue.products.map((product) => product.id).join(' | ')}
  --step      number of a step in its plan, from 1
  --name, --date, --time, --place   of the birth; --start: first day of the report year`;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      product: { type: 'string', default: 'blueprint' },
      step: { type: 'string', default: '1' },
      name: { type: 'string', default: 'Ada Moreau' },
      date: { type: 'string', default: '1990-06-15' },
      time: { type: 'string', default: '11:00' },
      place: { type: 'string', default: 'London, GB' },
      start: { type: 'string', default: '2027-01-01' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const { prompt, answer } = await promptOf(values);
  console.log(`---- system ----\n${prompt.system}\n\n---- user ----\n${prompt.user}`);
  console.log(`\n---- the sandbox's answer ----\n${answer}`);
  return 0;
}

interface PromptWish {
  product: string;
  /** from 1 */
  step: string;
  name: string;
  date: string;
  time: string;
  place: string;
  /** first day of the report year */
  start: string;
}

/** @returns a step's prompt as a run sends it, and the sandbox's answer as JSON */
export async function promptOf(wish: PromptWish): Promise<{ prompt: Prompt; answer: string }> {
  const definition = catalogue.products.find((product) => product.id === wish.product);
  if (!definition) throw new AlmanacError('usage', `--product: there is no ${wish.product}`);
  const birth = birthOf(wish);
  const subject: Subject = {
    birth,
    reportYear: { startDate: wish.start, timeZone: birth.place.timeZone },
    houseSystem: 'placidus',
    zodiac: 'tropical',
  };
  const plan = definition.plan(definition.gatherFacts(subject), subject);
  const at = plan.steps.findIndex((each) => String(each.step) === wish.step);
  const step = plan.steps[at];
  if (!step) throw new AlmanacError('usage', `--step: give 1 to ${plan.steps.length}`);
  const promptTo = (each: StepPlan, digest: string | null): Prompt => {
    const ids = questionsOf(each).map(({ id }) => id);
    return buildPrompt({ plan, step: each, digest, ids, note: null });
  };

  const sandbox = await startSandbox();
  try {
    const client = new OpenAI({ apiKey: 'sk-sandbox', baseURL: `${sandbox.urls.openai}/v1` });
    const ask = (prompt: Prompt) => answerTo(prompt, definition.model.name, client);
    const needed = plan.digest ? plan.steps.filter((each) => step.needs.includes(each.step)) : [];
    // the sandbox's answer to a question does not depend on earlier ones: what those quoted can be left out
    const said: Answer[] = [];
    for (const before of needed) said.push(...readAnswers(await ask(promptTo(before, null))));
    const digest = plan.digest && needed.length > 0 ? plan.digest(said, step) : null;
    const prompt = promptTo(step, digest);
    return { prompt, answer: await ask(prompt) };
  } finally {
    await sandbox.close();
  }
}

async function answerTo({ system, user }: Prompt, model: string, client: OpenAI): Promise<string> {
  const completion = await client.chat.completions.create({
    model,
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: user },
    ],
  });
  return JSON.stringify(JSON.parse(completion.choices[0]?.message.content ?? ''), null, 2);
}
