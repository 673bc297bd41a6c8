/** `almanac models`: what each product is written with, and until when; `check`: whether the server takes it. */
import { parseArgs } from 'node:util';
import { AlmanacError } from '../../src/domain/errors.ts';
import { openHouseOfCommand } from '../local/environment.ts';
import { modelsText } from '../local/list-models.ts';

export const summary =
  "lists products' models, their last days and costs; tries them with one tiny call each";

const USAGE = `npm run almanac -- models
npm run almanac -- models check

  Last day: the earlier of what the provider told a worker and what this build knows; unknown is no promise.
  Asked: when the provider last said anything about the model (UTC). Then: what open reports are finished with.
  Dollars: about what the model calls of one report cost, nothing cached and nothing asked again.

  check sends one tiny call for each settings that a product asks with, to OPENAI_BASE_URL or OpenAI, and says what
  is refused. It costs less than a cent. Exits 1 when anything is refused.`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (positionals.length === 0) return list();
  if (positionals.join(' ') !== 'check') throw new AlmanacError('usage', USAGE);
  // loaded only here: it takes both SDKs
  const { checkModels } = await import('../local/check-models.ts');
  return checkModels();
}

async function list(): Promise<number> {
  const house = await openHouseOfCommand('operator');
  try {
    console.log(await modelsText(house));
    return 0;
  } finally {
    await house.close();
  }
}
