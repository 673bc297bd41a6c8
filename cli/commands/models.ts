/** `almanac models check`: whether the server takes what the products ask with. */
import { parseArgs } from 'node:util';
import { AlmanacError } from '../../src/domain/errors.ts';

export const summary = 'tries the models of all products with one tiny call each';

const USAGE = `npm run almanac -- models check

  Sends one tiny call for each settings that a product asks with, to OPENAI_BASE_URL or OpenAI, and says what is
  refused. It costs less than a cent. Exits 1 when anything is refused.`;

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
  if (positionals.join(' ') !== 'check') throw new AlmanacError('usage', USAGE);
  // loaded only here: it takes both SDKs
  const { checkModels } = await import('../local/check-models.ts');
  return checkModels();
}
