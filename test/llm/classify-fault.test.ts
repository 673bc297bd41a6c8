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

it.each([
  ['a point in time in seconds', { 'retry-after': '1795885230' }],
  ['a point in time in milliseconds', { 'retry-after-ms': '1795885230000' }],
  ['a week', { 'retry-after': '604800' }],
  ['a number that no date can hold', { 'retry-after': '99999999999999' }],
  ['a number beyond all numbers', { 'retry-after': '9'.repeat(400) }],
  ['a date next year', { 'retry-after': 'Sun, 21 Nov 2027 08:00:00 GMT' }],
  ['less than nothing', { 'retry-after-ms': '-5' }],
])('a Retry-After of %s counts as if none was given', (_, headers) => {
  const fault = classifyFault(rateLimit(headers as Record<string, string>), NOW);
  expect(fault).toMatchObject({ code: 'openai_rate_limit', retryAfterMs: null });
});

it('where the exact Retry-After is absurd, the plain one beside it counts', () => {
  const headers = { 'retry-after': '7', 'retry-after-ms': '1795885230000' };
  expect(classifyFault(rateLimit(headers), NOW)).toMatchObject({ retryAfterMs: 7_000 });
});

/** As the SDK makes it of an answer whose body is JSON. */
function refusal(status: number, error: unknown, headers: Record<string, string> = {}): unknown {
  return OpenAI.APIError.generate(status, { error }, undefined, new Headers(headers));
}
/** As the SDK makes it of an answer whose body is not JSON. */
function page(status: number, text: string, type = 'text/html'): unknown {
  return OpenAI.APIError.generate(status, undefined, text, new Headers({ 'content-type': type }));
}

it.each<[string, number, object]>([
  ['with the code insufficient_quota', 429, { code: 'insufficient_quota' }],
  ['with the code billing_hard_limit_reached', 429, { code: 'billing_hard_limit_reached' }],
  [
    'with quota named only in its type',
    429,
    { message: 'You exceeded your current quota', type: 'insufficient_quota', code: null },
  ],
  ['with quota named only in its message', 429, { message: 'You exceeded your current quota.' }],
  [
    'with a restricted organization',
    400,
    { message: 'Organization has been restricted.', code: 'organization_restricted' },
  ],
  [
    'with a restricted organization and no code',
    400,
    { message: 'Organization has been restricted.' },
  ],
  ['with a hard limit', 400, { code: 'billing_hard_limit_reached' }],
  ['with an account that is closed', 403, { code: 'account_deactivated' }],
  ['that wants payment', 402, { message: 'Payment required' }],
])('a refusal %s (%i) needs an operator: the account is the problem', (_, status, error) => {
  const fault = classifyFault(refusal(status, error), NOW);
  expect(fault).toBeInstanceOf(NeedsOperator);
  expect(fault).toMatchObject({ code: 'openai_quota' });
});

it.each([
  'Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 41000.',
  'Request too large for gpt-4o. The input or output tokens must be reduced.',
  'Rate limit reached for gpt-4o on tokens per day (TPD): Limit 90,000, Used 0, Requested 100,200.',
  'Rate limit reached for gpt-4o on requests per min (RPM): Limit 0, Requested 1.',
])('a 429 that waiting never cures needs an operator: %s', (message) => {
  const error = { message, type: 'tokens', code: 'rate_limit_exceeded' };
  const fault = classifyFault(refusal(429, error, { 'retry-after': '7' }), NOW);
  expect(fault).toBeInstanceOf(NeedsOperator);
  expect(fault).toMatchObject({ code: 'openai_too_large' });
});

it.each([
  'Rate limit reached for gpt-4o on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000. Please try again in 2s.',
  'Rate limit reached for requests. Please try again later.',
  '',
])('a 429 that waiting cures is transient: %s', (message) => {
  const error = { message, type: 'tokens', code: 'rate_limit_exceeded' };
  expect(classifyFault(refusal(429, error), NOW)).toMatchObject({
    name: 'TransientFault',
    code: 'openai_rate_limit',
  });
});

it.each<[string, unknown]>([
  ['403 with a page', page(403, '<html>Attention required</html>')],
  ['401 with a page', page(401, '<!doctype html><title>Sign in</title>')],
  ['404 with a page that does not say so', page(404, '  <html>Not here</html>', 'text/plain')],
  ['403 in plain text', page(403, 'Access denied', 'text/plain')],
  [
    '403 with JSON of somebody else',
    OpenAI.APIError.generate(403, { message: 'Forbidden' }, undefined, new Headers()),
  ],
  ['403 with an error that is a string', refusal(403, 'Forbidden')],
])("a proxy's answer is no bad key, but transient: %s", (_, error) => {
  expect(classifyFault(error, NOW)).toMatchObject({ name: 'TransientFault', code: 'openai_proxy' });
});

it.each([
  [
    refusal(403, { message: 'You may not', code: 'unsupported_country_region_territory' }),
    'openai_key',
  ],
  [refusal(401, { code: 'invalid_api_key' }), 'openai_key'],
  [page(401, '', 'text/plain'), 'openai_key'],
  [refusal(404, { code: 'model_not_found' }), 'openai_model'],
  [refusal(410, { message: 'The model x has been deprecated' }), 'openai_model'],
  [refusal(404, { message: 'Invalid URL (POST /v1/v1/chat)' }), 'openai_address'],
])("the provider's own refusal needs an operator: %s", (error, code) => {
  expect(classifyFault(error, NOW)).toMatchObject({ name: 'NeedsOperator', code });
});

it('a code that is not a code is not repeated', () => {
  const fault = classifyFault(refusal(400, { code: 'Ada Lovelace', type: { a: 1 } }), NOW);
  expect(fault.message).toContain('(no code)');
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
