import { expect, it } from 'vitest';
import { loadConfig } from '../src/config.ts';
import { openHouse } from '../src/open-house.ts';

const start = (environment: NodeJS.ProcessEnv) =>
  // no store can be opened there: the models are looked at first
  openHouse(loadConfig('worker', { DATABASE_URL: 'sqlite:/dev/null/no.db', ...environment }), {
    process: 'test',
    silent: true,
  });

it.each([
  ['OPENAI_MODEL', 'gpt-9', 'OPENAI_MODEL: nobody has described gpt-9; add a row'],
  [
    'MODEL_PROFILES',
    '{"llama-9":"gpt-9"}',
    'MODEL_PROFILES: llama-9 is like gpt-9, which has no row',
  ],
])('a process with %s=%s does not start, and says what to write', async (name, value, message) => {
  await expect(start({ [name]: value })).rejects.toMatchObject({
    code: 'config',
    message: expect.stringContaining(message),
  });
});
