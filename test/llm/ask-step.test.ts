import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ContentFault } from '../../src/domain/errors.ts';
import type { ModelCall } from '../../src/domain/model-call.ts';
import { type Asking, openAsking } from './asking.ts';
import { idsOf, MODEL } from './desk.ts';
import { answer, type Behaviour, content, cutOff, refuse, silence, USAGE } from './model-server.ts';
import { proseFor } from './prose.ts';

let asking: Asking;
beforeEach(async () => {
  asking = await openAsking();
});
afterEach(() => asking.close());

describe.each(['completion', 'agent'] as const)('askStep through a %s', (caller) => {
  it('returns every answer in the order of the questions, with the cost', async () => {
    const section = await asking.ask(idsOf(3), { caller });
    expect(section.answers).toEqual(idsOf(3).map((id) => ({ id, text: proseFor(id) })));
    expect(section).toMatchObject({
      reportId: asking.desk.report.id,
      orderId: asking.desk.report.orderId,
      edition: 1,
      step: 1,
      model: 'gpt-4o',
      calls: 1,
      tokensIn: USAGE.in,
      tokensCached: USAGE.cached,
      tokensOut: USAGE.out,
      // 976 x 2.50 + 1,024 x 1.25 + 500 x 10
      costMicros: 8_720,
    });
  });

  it('writes the row before the request, under the same id', async () => {
    let seen: ModelCall[] = [];
    asking.model.next(async (request, response) => {
      seen = await asking.calls();
      await answer()(request, response);
    });
    await asking.ask(idsOf(2), { caller });
    expect(seen).toMatchObject([{ outcome: null, asked: idsOf(2), closedAt: null, fence: 1 }]);
    expect(asking.model.requests[0]?.clientRequestId).toBe(seen[0]?.id);
    expect(await asking.calls()).toMatchObject([
      { id: seen[0]?.id, outcome: 'answered', answered: idsOf(2) },
    ]);
  });

  it('asks for structured output, with the product’s settings and the report as cache key', async () => {
    await asking.ask(idsOf(1), { caller });
    expect(asking.model.requests[0]?.body).toMatchObject({
      model: 'gpt-4o',
      max_tokens: 12_000,
      temperature: 0.8,
      store: false,
      prompt_cache_key: asking.desk.report.id,
      response_format: { type: 'json_schema', json_schema: { strict: true } },
    });
  });

  it('asks for the flex tier, and books half the price', async () => {
    const model = { ...MODEL, serviceTier: 'flex' as const }; // a family's tiers are checked at start
    const section = await asking.ask(idsOf(1), { caller, model });
    expect(asking.model.requests[0]?.body.service_tier).toBe('flex');
    expect(section.costMicros).toBe(4_360);
  });

  it('another model in place of the product’s gets only fields that its family takes, at its cheapest effort', async () => {
    await asking.ask(idsOf(1), { caller }, { modelOverride: 'gpt-6-astra' });
    const { body } = asking.model.requests[0] ?? {};
    expect(body).toMatchObject({ max_completion_tokens: 12_000, reasoning_effort: 'low' });
    expect(body).not.toHaveProperty('max_tokens');
    expect(body).not.toHaveProperty('temperature');
  });

  it('marks where the shared part of a prompt ends, for a family that caches up to marks, and for no other', async () => {
    const model = {
      name: 'gpt-6-luna',
      maxTokens: 12_000,
      effort: 'none',
      serviceTier: 'default',
    } as const;
    await asking.ask(idsOf(1), { caller, model });
    const { body, user } = asking.model.requests[0] ?? {};
    const person = '# The person\n- Sun in Leo\n\n';
    expect(body?.prompt_cache_options).toEqual({ mode: 'explicit' });
    expect(body?.messages[1]?.content).toEqual([
      { type: 'text', text: person, prompt_cache_breakpoint: { mode: 'explicit' } },
      { type: 'text', text: user?.slice(person.length) },
    ]);

    await asking.ask(idsOf(1, 2), { caller });
    expect(asking.model.requests[1]?.sent).not.toContain('prompt_cache_options');
    expect(typeof asking.model.requests[1]?.body.messages[1]?.content).toBe('string');
  });

  it('a stored report’s model that nobody has described is held, and nothing is sent', async () => {
    const asked = asking.ask(idsOf(1), { caller, model: { ...MODEL, name: 'llama-9' } });
    await expect(asked).rejects.toMatchObject({ code: 'openai_model' });
    expect(asking.model.requests).toEqual([]);
  });

  it('keeps in the call’s row what the provider says it answered with', async () => {
    await asking.ask(idsOf(1), { caller });
    const served = { model: 'gpt-4o-2024-08-06', tier: null };
    expect(await asking.calls()).toMatchObject([{ model: 'gpt-4o', served }]);
  });

  it('asks again only for what is missing or bad', async () => {
    const [a, b, c, d] = ['a', 'b', 'c', 'd'];
    asking.model.next(answer((id, text) => (id === b ? null : id === d ? 'Too short.' : text)));
    const section = await asking.ask([a, b, c, d], { caller });
    expect(asking.model.requests.map((request) => request.ids)).toEqual([
      [a, b, c, d],
      [b, d],
    ]);
    expect(asking.model.requests[1]?.user).toContain('b: missing\nd: too short');
    expect(section.calls).toBe(2);
    expect(section.tokensOut).toBe(2 * USAGE.out);
    expect((await asking.calls()).map((call) => [call.outcome, call.answered])).toEqual([
      ['partial', [a, c]],
      ['answered', [b, d]],
    ]);
  });

  it('gives up after asking twice again, and the next attempt uses the valid answers', async () => {
    const short = answer((id, text) => (id === 's1-q2' ? 'Too short.' : text));
    asking.model.next(short, short, short);
    const gaveUp = await asking.ask(idsOf(3), { caller }).catch((error: unknown) => error);
    expect(gaveUp).toBeInstanceOf(ContentFault);
    expect(String(gaveUp)).toContain(
      '1 answers of one step are still bad after 3 requests: too short',
    );
    expect(asking.model.requests.map((request) => request.ids.length)).toEqual([3, 1, 1]);

    const section = await asking.ask(idsOf(3), { caller });
    expect(asking.model.requests[3]?.ids).toEqual(['s1-q2']);
    expect(section.answers).toHaveLength(3);
    expect(section.calls).toBe(4);
    expect(section.tokensOut).toBe(4 * USAGE.out);
  });

  it('keeps the complete answers of a reply that was cut off, and asks for the rest in halves', async () => {
    asking.model.next(cutOff(2));
    const section = await asking.ask(idsOf(9), { caller });
    expect(asking.model.requests.map((request) => request.ids)).toEqual([
      idsOf(9),
      idsOf(9).slice(2, 7),
      idsOf(9).slice(7),
    ]);
    expect(section.answers).toEqual(idsOf(9).map((id) => ({ id, text: proseFor(id) })));
    expect((await asking.calls())[0]).toMatchObject({ outcome: 'cut_off', answered: idsOf(2) });
  });

  it('counts an empty reply at the token limit as cut off, with its tokens', async () => {
    asking.model.next(content('', 'length'));
    await asking.ask(idsOf(2), { caller });
    expect((await asking.calls())[0]).toMatchObject({ outcome: 'cut_off', tokensOut: USAGE.out });
    expect(asking.model.requests.map((request) => request.ids)).toEqual([
      idsOf(2),
      ['s1-q1'],
      ['s1-q2'],
    ]);
  });

  it('rephrases a refused request once', async () => {
    asking.model.next(refuse());
    const section = await asking.ask(idsOf(2), { caller });
    expect(section.answers).toHaveLength(2);
    expect(asking.model.requests[1]?.user).toContain('read for pleasure and reflection');
    expect((await asking.calls()).map((call) => call.outcome)).toEqual(['refused', 'answered']);
  });

  it('gives up on a request that is refused twice', async () => {
    asking.model.always(refuse());
    await expect(asking.ask(idsOf(2), { caller })).rejects.toThrow(ContentFault);
    expect(asking.model.requests).toHaveLength(2);
    expect((await asking.calls()).every((call) => call.tokensIn === USAGE.in)).toBe(true);
  });

  it.each<[string, Behaviour]>([
    ['broken JSON', content('{"answers": [{"id": "s1-q1", "tex')],
    ['no JSON at all', content('Certainly! Here are your answers.')],
    ['another schema', content('{"replies": []}')],
    ['nothing', content('')],
  ])('counts the tokens of a reply with %s, and asks again', async (_, behaviour) => {
    asking.model.next(behaviour);
    const section = await asking.ask(idsOf(1), { caller });
    expect((await asking.calls())[0]).toMatchObject({ outcome: 'invalid', tokensOut: USAGE.out });
    expect(section.costMicros).toBe(2 * 8_720);
  });

  it('stops the request when the signal aborts, and closes its row', async () => {
    const controller = new AbortController();
    const reason = new Error('closing');
    asking.model.next(silence(() => controller.abort(reason)));
    await expect(asking.ask(idsOf(1), { caller, signal: controller.signal })).rejects.toBe(reason);
    expect(await asking.calls()).toMatchObject([{ outcome: 'aborted', fault: null }]);
  });
});
