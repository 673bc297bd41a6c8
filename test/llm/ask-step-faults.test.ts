import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ContentFault, NeedsOperator, TransientFault } from '../../src/domain/errors.ts';
import { type Asking, openAsking } from './asking.ts';
import { idsOf } from './desk.ts';
import {
  type Behaviour,
  brokenBody,
  dropConnection,
  dropInBody,
  notACompletion,
  silence,
  stallInBody,
  status,
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
  ])('needs an operator at once on %s', async (_, behaviour, code) => {
    asking.model.always(behaviour);
    const fault = await asking.ask(idsOf(1), { caller }).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(NeedsOperator);
    expect(fault).toMatchObject({ code });
    expect(asking.model.requests).toHaveLength(1);
  });

  it('burns an attempt at once on 400', async () => {
    asking.model.always(status(400, { code: 'context_length_exceeded' }));
    await expect(asking.ask(idsOf(1), { caller })).rejects.toThrow(ContentFault);
    expect(asking.model.requests).toHaveLength(1);
  });
});
