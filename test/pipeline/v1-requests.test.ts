/** Open reports of version 1 ask what they always asked, byte for byte: recorded with the release before the graph. */

import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { checkWhole } from '../../workers/check-whole.ts';
import { carryOut, definitionV1, PRODUCTS, place } from './recorded/carry-out.ts';

const fileAt = (name: string) => readFileSync(new URL(`./recorded/${name}`, import.meta.url));
const recorded = JSON.parse(fileAt('requests.json').toString());

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-v1-'));
});
afterEach(() => rm(folder, { recursive: true }));

it.each(PRODUCTS)(
  '%s 1 sends the requests that it sent before steps were a graph',
  async (product) => {
    const store = await openStore(`sqlite:${join(folder, 'new.db')}`);
    await place(store, definitionV1(product));
    const { perStep } = await carryOut(store, definitionV1(product));
    await store.close();
    expect(perStep).toEqual(recorded.fresh[product]);
  },
);

it('a run that a deploy stops and another resumes sends together what one run would have sent', async () => {
  const store = await openStore(`sqlite:${join(folder, 'new.db')}`);
  await place(store, definitionV1('personal-horoscope'));
  const before = await carryOut(store, definitionV1('personal-horoscope'), 40);
  const after = await carryOut(store, definitionV1('personal-horoscope'));
  await store.close();
  const joined = before.perStep.map((hash, index) => (index < 40 ? hash : after.perStep[index]));
  expect(joined).toEqual(recorded.fresh['personal-horoscope']);
});

it('reports that an old store holds half done are finished with the requests of the old release, and are whole', async () => {
  const path = join(folder, 'old.db');
  await writeFile(path, gunzipSync(fileAt('old-store.db.gz')));
  const store = await openStore(`sqlite:${path}`);
  for (const product of PRODUCTS) {
    const id = `ord_old_${product}-${product}`;
    const open = await store.reports.find(id);
    const standing = open ? await store.sections.steps(open) : [];
    expect(standing.length).toBeGreaterThan(0);

    const { report, requests, perStep } = await carryOut(store, definitionV1(product));
    expect(perStep).toEqual(recorded.resumed[product]);
    const again = requests.filter(({ step }) => standing.includes(step));
    expect(again).toEqual([]);
    const order = await store.orders.find(report.orderId);
    const facts = await store.facts.find(report.id);
    if (!order || !facts) throw new Error('the old store lost its order or its facts');
    await checkWhole(store.sections, report, definitionV1(product).plan(facts, order.subject));
  }
  await store.close();
});
