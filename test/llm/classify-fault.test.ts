import OpenAI from 'openai';
import { expect, it } from 'vitest';
import { AlmanacError, NeedsOperator, TransientFault } from '../../src/domain/errors.ts';
import { classifyFault } from '../../src/llm/classify-fault.ts';

const NOW = new Date('2026-11-21T08:00:00Z');

function rateLimit(headers: Record<string, string>): unknown {
  return OpenAI.APIError.generate(429, { error: { message: 'x' } }, 'x', new Headers(headers));
}

it.each<[Record<string, string>, number | null]>([
  [{}, null],
  [{ 'retry-after': '7' }, 7_000],
  [{ 'retry-after': '0.5' }, 500],
  [{ 'retry-after': 'Sat, 21 Nov 2026 08:02:00 GMT' }, 120_000],
  [{ 'retry-after': 'Sat, 21 Nov 2026 07:00:00 GMT' }, 0],
  [{ 'retry-after': 'soon' }, null],
  [{ 'retry-after': '7', 'retry-after-ms': '6500' }, 6_500],
])('reads %o as %s ms', (headers, retryAfterMs) => {
  const fault = classifyFault(rateLimit(headers), NOW);
  expect(fault).toBeInstanceOf(TransientFault);
  expect(fault).toMatchObject({ code: 'openai_rate_limit', retryAfterMs });
});

it.each(['insufficient_quota', 'billing_hard_limit_reached'])('%s needs an operator', (code) => {
  const error = OpenAI.APIError.generate(429, { error: { code } }, 'x', new Headers());
  expect(classifyFault(error, NOW)).toBeInstanceOf(NeedsOperator);
});

it('never repeats what a provider or a parser may have quoted from the prompt', () => {
  const quoting = [
    OpenAI.APIError.generate(400, { error: { message: 'Ada Lovelace' } }, 'x', new Headers()),
    new SyntaxError('Unexpected token in "Ada Lovelace"'),
  ];
  for (const error of quoting) {
    const fault = classifyFault(error, NOW);
    expect(`${fault.message} ${String(fault.cause)}`).not.toContain('Ada');
  }
});

it('treats an unknown error as a bug of ours, and passes our own errors through', () => {
  expect(classifyFault(new TypeError('x is not a function'), NOW)).toMatchObject({
    code: 'llm_bug',
  });
  const own = new AlmanacError('store_unavailable', 'away');
  expect(classifyFault(own, NOW)).toBe(own);
});
