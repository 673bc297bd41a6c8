import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AlmanacError, NeedsOperator, StaleRun, TransientFault } from '../../src/domain/errors.ts';
import { fingerprintOf } from '../../src/domain/fingerprint.ts';
import { newCall } from '../../src/domain/model-call.ts';
import type { StepContext } from '../../src/domain/ports/work.ts';
import type { Section } from '../../src/domain/section.ts';
import type { LlmOptions } from '../../src/llm/create-llm.ts';
import { type Asking, openAsking } from './asking.ts';
import { idsOf } from './desk.ts';
import { answer, content, contentFor, status, USAGE } from './model-server.ts';
import { proseFor } from './prose.ts';

let asking: Asking;
beforeEach(async () => {
  asking = await openAsking();
});
afterEach(() => asking.close());

describe('askStep', () => {
  it('asks nothing when an earlier run got the answers but could not save them', async () => {
    let unsaved: Section | null = null;
    const save: StepContext['save'] = async (section) => {
      unsaved = section;
      throw new AlmanacError('insert_broken', 'no');
    };
    await expect(asking.ask(idsOf(3), { save })).rejects.toThrow('no');
    expect(await asking.calls()).toMatchObject([
      { outcome: 'answered', answered: idsOf(3), raw: contentFor(idsOf(3)) },
    ]);
    const second = await asking.ask(idsOf(3));
    expect(asking.model.requests).toHaveLength(1);
    expect(second).toEqual({ ...Object(unsaved), completedAt: second.completedAt });
  });

  it('closes the call that completes a step with its section, and keeps no raw answer', async () => {
    await asking.ask(idsOf(3));
    expect(await asking.calls()).toMatchObject([
      { outcome: 'answered', answered: idsOf(3), raw: null, tokensOut: USAGE.out },
    ]);
    expect(await asking.desk.store.spend.usageOfReport(asking.desk.report.id)).toMatchObject({
      calls: 1,
      tokensOut: USAGE.out,
    });
  });

  it('closes and books its call even if another run has saved the step', async () => {
    const { store, report, context } = asking.desk;
    const theirs: StepContext['save'] = async (section, last) => {
      await store.sections.insert({ ...section, tokensOut: 999 });
      await context().save(section, last);
    };
    await asking.ask(idsOf(1), { save: theirs });
    expect(await asking.calls()).toMatchObject([{ outcome: 'answered', raw: null }]);
    expect(await store.spend.usageOfReport(report.id)).toMatchObject({ calls: 1 });
    expect(await store.sections.find(report.id, 1, 1)).toMatchObject({ tokensOut: 999 });
  });

  it('asks only the questions that an earlier run got no valid answer to', async () => {
    asking.model.next(
      answer((id, text) => (id === 's1-q2' ? null : text)),
      status(401, {}),
    );
    await expect(asking.ask(idsOf(3))).rejects.toThrow(NeedsOperator);
    await asking.ask(idsOf(3));
    expect(asking.model.requests.at(-1)?.ids).toEqual(['s1-q2']);
  });

  it('counts a call that a killed process left open', async () => {
    const { report, store } = asking.desk;
    const of = { reportId: report.id, orderId: report.orderId, edition: 1, step: 1, fence: 1 };
    await store.modelCalls.open(newCall({ ...of, model: 'gpt-4o', asked: idsOf(1) }, new Date()));
    expect((await asking.ask(idsOf(1))).calls).toBe(2);
  });

  it('sends nothing once another run has claimed the report', async () => {
    await asking.desk.store.reports.claim(asking.desk.report.id, new Date());
    await expect(asking.ask(idsOf(1))).rejects.toThrow(StaleRun);
    expect(asking.model.requests).toHaveLength(0);
    expect(await asking.calls()).toHaveLength(0);
  });

  it('checks the fence before each try', async () => {
    asking.model.next(async (request, response) => {
      await asking.desk.store.reports.claim(asking.desk.report.id, new Date());
      await status(500, {})(request, response);
    });
    await expect(asking.ask(idsOf(1))).rejects.toThrow(StaleRun);
    expect(asking.model.requests).toHaveLength(1);
  });

  it('sends nothing for a report that was held meanwhile', async () => {
    await asking.desk.store.reports.move(asking.desk.report.id, 1, 'held', new Date());
    await expect(asking.ask(idsOf(1))).rejects.toThrow(StaleRun);
    expect(asking.model.requests).toHaveLength(0);
  });

  it('keeps an answer that arrives as the signal aborts', async () => {
    const controller = new AbortController();
    const save: StepContext['save'] = async (section, last) => {
      controller.abort(new Error('closing'));
      await asking.desk.context().save(section, last);
    };
    const section = await asking.ask(idsOf(2), { signal: controller.signal, save });
    expect(section.answers).toHaveLength(2);
  });

  it('asks nothing twice when the store is away as an answer arrives', async () => {
    const { context } = asking.desk;
    let away = 2;
    const save: StepContext['save'] = async (section, last) => {
      away -= 1;
      if (away >= 0) throw new TransientFault('store_unavailable', 'away');
      await context().save(section, last);
    };
    const section = await asking.ask(idsOf(2), { save });
    expect(section).toMatchObject({ calls: 1, tokensOut: USAGE.out });
    expect(asking.model.requests).toHaveLength(1);
    expect(await asking.calls()).toMatchObject([{ outcome: 'answered', answered: idsOf(2) }]);
  });

  it('asks nothing twice when the store is away as some of the answers arrive', async () => {
    const { store } = asking.desk;
    asking.model.next(answer((id, text) => (id === 's1-q2' ? null : text)));
    let away = 2;
    const failing: LlmOptions['store'] = {
      ...store,
      modelCalls: {
        ...store.modelCalls,
        async close(id, end, booking) {
          away -= 1;
          if (away >= 0) throw new TransientFault('store_unavailable', 'away');
          await store.modelCalls.close(id, end, booking);
        },
      },
    };
    await asking.ask(idsOf(2), {}, { store: failing });
    expect(asking.model.requests.map(({ ids }) => ids)).toEqual([idsOf(2), ['s1-q2']]);
    expect(await asking.calls()).toMatchObject([{ outcome: 'partial' }, { outcome: 'answered' }]);
  });

  it('ignores ids that were not asked for, and a second answer to the same id', async () => {
    const twice = [...idsOf(2), 's1-q1', 'stranger'].map((id, index) => ({
      id,
      text: `${proseFor(id)} Number ${index}.`,
    }));
    asking.model.next(content(JSON.stringify({ answers: twice })));
    const section = await asking.ask(idsOf(2));
    expect(section.answers).toEqual(twice.slice(0, 2));
    expect(asking.model.requests).toHaveLength(1);
  });

  it('asks again for an answer that repeats another of its step', async () => {
    asking.model.next(answer(() => proseFor('the same')));
    await asking.ask(idsOf(3));
    expect(asking.model.requests[1]?.ids).toEqual(['s1-q2', 's1-q3']);
    expect(asking.model.requests[1]?.user).toContain('s1-q2: the same as another answer');
  });

  it('asks again for an answer that repeats one of another step of the report', async () => {
    const said = new Set([fingerprintOf(proseFor('elsewhere'))]);
    asking.model.next(answer((id, text) => (id === 's1-q2' ? proseFor('elsewhere') : text)));
    const section = await asking.ask(idsOf(3), { said });
    expect(asking.model.requests[1]?.ids).toEqual(['s1-q2']);
    expect(
      section.answers.map(({ text }) => fingerprintOf(text)).every((print) => said.has(print)),
    ).toBe(true);
  });

  it('asks the override model instead of the product’s model', async () => {
    const section = await asking.ask(idsOf(1), {}, { modelOverride: 'gpt-4o-mini' });
    expect(asking.model.requests[0]?.body.model).toBe('gpt-4o-mini');
    expect(section.model).toBe('gpt-4o-mini');
  });
});
