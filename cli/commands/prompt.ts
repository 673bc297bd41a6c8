/** `almanac prompt`: a step's two messages as the model gets them, and the sandbox's answer. */
import { parseArgs } from 'node:util';
import OpenAI from 'openai';
import { startSandbox } from '../../sandbox/start.ts';
import type { Subject } from '../../src/domain/birth.ts';
import { questionsOf } from '../../src/domain/call-plan.ts';
import { AlmanacError } from '../../src/domain/errors.ts';
import { buildPrompt, type Prompt } from '../../src/llm/prompt.ts';
import { catalogue } from '../../src/products/catalogue.ts';
import { birthOf } from '../sky/birth-of.ts';

export const summary = "prints a step's prompt and the sandbox's answer, for who writes prompts";

const USAGE = `npm run almanac -- prompt --product blueprint --step 1

  --product   ${catalogue.products.map((product) => product.id).join(' | ')}
  --step      of its plan, from 1
  --name, --date, --time, --place   of the birth; --start the report year's first day`;

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
  const definition = catalogue.products.find((product) => product.id === values.product);
  if (!definition) throw new AlmanacError('usage', `--product: there is no ${values.product}`);
  const birth = birthOf(values);
  const subject: Subject = {
    birth,
    reportYear: { startDate: values.start, timeZone: birth.place.timeZone },
    houseSystem: 'placidus',
    zodiac: 'tropical',
  };
  const plan = definition.plan(definition.gatherFacts(subject), subject);
  const step = plan.steps.find((each) => String(each.step) === values.step);
  if (!step) throw new AlmanacError('usage', `--step: from 1 to ${plan.steps.length}`);
  const ids = questionsOf(step).map(({ id }) => id);
  // the first step of a thread has no digest; of a later one only its own run knows it
  const prompt = buildPrompt({ plan, step, digest: null, ids, note: null });
  console.log(`---- system ----\n${prompt.system}\n\n---- user ----\n${prompt.user}`);
  console.log(
    `\n---- answer of the sandbox ----\n${await answerTo(prompt, definition.model.name)}`,
  );
  return 0;
}

async function answerTo({ system, user }: Prompt, model: string): Promise<string> {
  const sandbox = await startSandbox();
  try {
    const client = new OpenAI({ apiKey: 'sk-sandbox', baseURL: `${sandbox.urls.openai}/v1` });
    const completion = await client.chat.completions.create({
      model,
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: user },
      ],
    });
    const content = completion.choices[0]?.message.content ?? '';
    return JSON.stringify(JSON.parse(content), null, 2);
  } finally {
    await sandbox.close();
  }
}
