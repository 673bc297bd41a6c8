/** `almanac models check`: one tiny call for each settings of the products, and what the server says to it. */
import { existsSync } from 'node:fs';
import { loadConfig } from '../../src/config.ts';
import { checkDefinitions } from '../../src/llm/models/check-definitions.ts';
import { type Tried, tryModels } from '../../src/llm/try-models.ts';
import { catalogue } from '../../src/products/catalogue.ts';

/** Longer than any answer to a question of one word; a reasoning model may think first. */
const CALL_MS = 60_000;

/** @returns the exit code: 1 when a server refuses what a product asks with */
export async function checkModels(): Promise<number> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = loadConfig('operator');
  checkDefinitions(catalogue.definitions, config.models.likes);
  const { key, url } = config.providers.openai;
  console.error(`asking ${url ?? "OpenAI's own address"}`);
  const options = { apiKey: key, baseUrl: url, models: config.models, callMs: CALL_MS };
  const tried = await tryModels(catalogue.definitions, options);
  for (const each of tried) console.log(lineOf(each));
  const micros = tried.reduce((sum, { costMicros }) => sum + costMicros, 0);
  console.log(`${tried.length} calls, $${(micros / 1e6).toFixed(4)}`);
  return tried.some(({ flaw }) => flaw !== null) ? 1 : 0;
}

function lineOf({ products, model, flaw, remarks }: Tried): string {
  const { name, ...settings } = model;
  const what = `${name} ${JSON.stringify(settings)} (${products.join(', ')})`;
  const verdict = flaw === null ? 'good   ' : 'REFUSED';
  return [`${verdict} ${what}`, ...(flaw === null ? [] : [flaw]), ...remarks].join('\n        ');
}
