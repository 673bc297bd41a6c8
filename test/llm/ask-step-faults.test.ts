import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ContentFault, NeedsOperator, TransientFault } from '../../src/domain/errors.ts';
import { type Asking, openAsking } from './asking.ts';
import { idsOf } from './desk.ts';
import {
  answer,
  type Behaviour,
  brokenBody,
  content,
  dropConnection,
  dropInBody,
  notACompletion,
  page,
  sent,
  silence,
  stallInBody,
  status,
  withUsage,
} from './model-server.ts';

let asking: Asking;
beforeEach(async () => {
  asking = await openAsking();
});
afterEach(() => asking.close());

describe.each(['completion', 'agent'] as const)('faults through a %s', (caller) => {
  it.each<[string, Behaviour, string]>([
    [
      '429',
      status(429, { code: 'rate_limit_exceeded' }, { 'retry-after-ms': '20' }),
      'openai_rate_limit',
    ],
    ['500', status(500, {}), 'openai_unavailable'],
    ['502', status(502, {}), 'openai_unavailable'],
    ['503', status(503, {}), 'openai_unavailable'],
    ['504', status(504, {}), 'openai_unavailable'],
    ['a dropped connection', dropConnection(), 'openai_connection'],
    ['a connection dropped in the body', dropInBody(), 'openai_body'],
    ['a malformed body', brokenBody(), 'openai_body'],
    ['a body that is not a completion', notACompletion(), 'openai_body'],
    ['an empty body', sent(undefined), 'openai_body'],
    ['a body that is null', sent(null), 'openai_body'],
    ['a body that is a text', sent('yes'), 'openai_body'],
    [
      'a choice without a message',
      sent({ choices: [{ finish_reason: 'stop', message: null }] }),
      'openai_body',
    ],
    ['an answer that the model broke off', content('', 'error'), 'openai_body'],
    ["a proxy's page", page(403), 'openai_proxy'],
    [
      'a 429 with a point in time for Retry-After',
      status(429, { code: 'rate_limit_exceeded' }, { 'retry-after': '1795885230' }),
      'openai_rate_limit',
    ],
  ])('tries again after %s, with a row for each try', async (_, behaviour, fault) => {
    asking.model.next(behaviour, behaviour);
    const section = await asking.ask(idsOf(1), { caller });
    expect(section.calls).toBe(3);
    expect((await asking.calls()).map((call) => [call.outcome, call.fault])).toEqual([
      ['fault', fault],
      ['fault', fault],
      ['answered', null],
    ]);
  });

  it.each<[string, Behaviour]>([
    ['sends nothing', silence()],
    ['stalls in the body', stallInBody()],
  ])('ends a call at its time limit when the model %s, and tries again', async (_, behaviour) => {
    asking.model.next(behaviour);
    const section = await asking.ask(idsOf(1), { caller, callMs: 2_000 });
    expect(section.calls).toBe(2);
    expect((await asking.calls())[0]).toMatchObject({ outcome: 'fault', fault: 'openai_timeout' });
  });

  it('throws a TransientFault after three tries', async () => {
    asking.model.always(status(503, {}));
    const fault = await asking.ask(idsOf(1), { caller }).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(TransientFault);
    expect(asking.model.requests).toHaveLength(3);
  });

  it('passes on a Retry-After above the maximum at once', async () => {
    asking.model.always(status(429, { code: 'rate_limit_exceeded' }, { 'retry-after': '90' }));
    await expect(asking.ask(idsOf(1), { caller })).rejects.toMatchObject({
      name: 'TransientFault',
      retryAfterMs: 90_000,
    });
    expect(asking.model.requests).toHaveLength(1);
  });

  it.each<[string, Behaviour, string]>([
    ['401', status(401, { code: 'invalid_api_key' }), 'openai_key'],
    ['403', status(403, {}), 'openai_key'],
    ['404 model', status(404, { code: 'model_not_found' }), 'openai_model'],
    ['429 insufficient_quota', status(429, { code: 'insufficient_quota' }), 'openai_quota'],
    ['429 with quota as its type', status(429, { type: 'insufficient_quota' }), 'openai_quota'],
    ['402', status(402, { message: 'Payment required' }), 'openai_quota'],
    [
      '400 of a restricted account',
      status(400, { code: 'organization_restricted' }),
      'openai_quota',
    ],
    [
      '429 for a request that is too large',
      status(429, {
        message:
          'Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 41000.',
        type: 'tokens',
        code: 'rate_limit_exceeded',
      }),
      'openai_too_large',
    ],
  ])('needs an operator at once on %s', async (_, behaviour, code) => {
    asking.model.always(behaviour);
    const fault = await asking.ask(idsOf(1), { caller }).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(NeedsOperator);
    expect(fault).toMatchObject({ code });
    expect(asking.model.requests).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ['no usage', undefined],
    ['a usage of nulls', { prompt_tokens: null, completion_tokens: null }],
  ])('keeps a good answer with %s, asks no more, and books the most', async (_, usage) => {
    asking.model.next(withUsage(usage));
    const section = await asking.ask(idsOf(2), { caller });
    expect(section.answers).toHaveLength(2);
    const [call, ...more] = await asking.calls();
    expect(more).toEqual([]);
    expect(call).toMatchObject({ outcome: 'answered', usageUnknown: true, tokensOut: 12_000 });
    expect(call?.costMicros).toBeGreaterThan(12_000 * 10);
    expect(await asking.desk.store.spend.usageOfReport(asking.desk.report.id)).toMatchObject({
      calls: 1,
      unknown: 1,
      costMicros: call?.costMicros,
    });
  });

  it('asks again for answers with half a character or with Markdown, and for these alone', async () => {
    const [halved, marked] = idsOf(3);
    asking.model.next(
      answer((id, text) => {
        if (id === halved) return `${text} A star \ud83c.`;
        return id === marked ? `**In short:** ${text}` : text;
      }),
    );
    const section = await asking.ask(idsOf(3), { caller });
    expect(asking.model.requests.map(({ ids }) => ids)).toEqual([idsOf(3), [halved, marked]]);
    expect(asking.model.requests[1]?.user).toContain('Markdown instead of plain text');
    expect(section.answers.every(({ text }) => text.isWellFormed() && !text.includes('*'))).toBe(
      true,
    );
  });

  it('burns an attempt at once on 400', async () => {
    asking.model.always(status(400, { code: 'context_length_exceeded' }));
    await expect(asking.ask(idsOf(1), { caller })).rejects.toThrow(ContentFault);
    expect(asking.model.requests).toHaveLength(1);
  });
});
