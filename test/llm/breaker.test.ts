import { beforeEach, expect, it } from 'vitest';
import { NeedsOperator, TransientFault } from '../../src/domain/errors.ts';
import { PRODUCTION_TIMINGS } from '../../src/domain/timings.ts';
import { type Breaker, BreakerOpen, createBreaker } from '../../src/llm/breaker.ts';
import { withTries } from '../../src/llm/tries.ts';
import { createLog } from '../../src/telemetry/log.ts';

const away = () => Promise.reject(new TransientFault('openai_unavailable', '503'));
const limited = () => Promise.reject(new TransientFault('openai_rate_limit', '429'));
const answered = async () => 'answer';

let now: number;
let breaker: Breaker;
beforeEach(() => {
  now = 0;
  breaker = createBreaker({
    timings: PRODUCTION_TIMINGS,
    log: createLog({ level: 'silent', pretty: false, process: 'test' }),
    clock: () => new Date(now),
  });
});

async function meet(request: () => Promise<unknown>, times = 1): Promise<unknown> {
  let last: unknown;
  for (let time = 0; time < times; time += 1) {
    last = await breaker.run(request).catch((error: unknown) => error);
  }
  return last;
}

it('opens after eight failures in a row, and then sends nothing for 30 s', async () => {
  expect(await meet(away, 8)).not.toBeInstanceOf(BreakerOpen);
  now = 10_000;
  let sent = 0;
  const counted = async () => {
    sent += 1;
  };
  expect(await meet(counted)).toMatchObject({ code: 'openai_breaker', retryAfterMs: 30_000 });
  expect(sent).toBe(0);
  now = 30_000;
  expect(await meet(answered)).toBe('answer');
  expect(await meet(away, 7)).not.toBeInstanceOf(BreakerOpen);
});

it('lets one trial request through, and stays open twice as long if it fails', async () => {
  await meet(away, 8);
  now = 30_000;
  const trial = Promise.withResolvers<string>();
  const trying = meet(() => trial.promise);
  expect(await meet(answered)).toBeInstanceOf(BreakerOpen);
  trial.reject(new TransientFault('openai_timeout', 'late'));
  await trying;
  now = 60_000;
  expect(await meet(answered)).toMatchObject({ retryAfterMs: 30_000 });
  now = 90_000;
  expect(await meet(answered)).toBe('answer');
  for (let turn = 0; turn < 6; turn += 1) {
    await meet(away, 8);
    now += 300_000;
  }
  expect(await meet(answered)).toBe('answer');
});

it('treats a 429, a refused key or an answer as a sign of life', async () => {
  await meet(limited, 20);
  await meet(() => Promise.reject(new NeedsOperator('openai_key', '401')), 20);
  await meet(away, 7);
  await meet(answered);
  await meet(away, 7);
  expect(await meet(answered)).toBe('answer');
});

it('when open, is not tried again within the call: the report snoozes', async () => {
  await meet(away, 8);
  let tries = 0;
  const ending = withTries(
    () => {
      tries += 1;
      return breaker.run(answered);
    },
    { timings: PRODUCTION_TIMINGS, signal: new AbortController().signal },
  );
  await expect(ending).rejects.toBeInstanceOf(BreakerOpen);
  expect(tries).toBe(1);
});
