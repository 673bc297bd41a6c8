/** `almanac models`: which model each product is written with, and until when. */
import { parseArgs } from 'node:util';
import { openHouseOfCommand } from '../local/environment.ts';
import { modelsText } from '../local/list-models.ts';

export const summary = "lists products' models, their last days and what a report costs";

const USAGE = `npm run almanac -- models

  Last day: the earlier of what the provider told a worker and what this build knows; unknown is no promise.
  Asked: when the provider last said anything about the model (UTC). Then: what open reports are finished with.
  Dollars: about what the model calls of one report cost, nothing cached and nothing asked again.`;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { help: { type: 'boolean', default: false } } });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const house = await openHouseOfCommand('operator');
  try {
    console.log(await modelsText(house));
    return 0;
  } finally {
    await house.close();
  }
}
