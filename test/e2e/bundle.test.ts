import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlacedOrder } from '../../cli/local/customer.ts';
import { reportIdOf } from '../../src/domain/ids.ts';
import { pageTexts, scratchFolder } from '../pdf/rendering.ts';
import { byPeriod } from '../products/sample.ts';
import { openShop } from './shop.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
let order: PlacedOrder;
let links: string[][];

beforeAll(async () => {
  shop = await openShop();
  order = await shop.order(['bundle']);
  await shop.pay(order);
  expect(await shop.untilSettled(order)).toBe('fulfilled');
  links = await shop.letters(order);
}, 120_000);
afterAll(() => shop?.close());

/** In the order in which they are printed. */
async function answersOf(product: string): Promise<string[]> {
  const report = await shop.store.reports.find(reportIdOf(order.orderId, product));
  const facts = report && (await shop.store.facts.find(report.id));
  if (!facts) throw new Error(`no report of ${product}, or no facts of it`);
  const sections = await Array.fromAsync(shop.store.sections.read(report));
  const answers = sections.flatMap((section) => section.answers);
  return byPeriod(answers, facts).map(({ text }) => text);
}

async function pdfOf(link: string | undefined): Promise<string> {
  const response = await fetch(link ?? '');
  expect(response.headers.get('content-type')).toBe('application/pdf');
  const file = join(await scratchFolder(), 'report.pdf');
  await writeFile(file, Buffer.from(await response.arrayBuffer()));
  return file;
}

test('one letter has a link to each report, and each link opens the right PDF', async () => {
  expect(links).toHaveLength(1);
  expect(links[0]).toHaveLength(3);
  const titles = ['Life Clarity', 'Blueprint', 'Personal Horoscope'];
  for (const [index, link] of (links[0] ?? []).entries()) {
    const [cover] = await pageTexts(await pdfOf(link));
    expect(cover).toContain(titles[index]);
    expect(cover).toContain('Ada Moreau');
  }
}, 60_000);

test('every product asks each step once, and for each answer once', async () => {
  const counts = { 'life-clarity': [4, 9], blueprint: [52, 52], 'personal-horoscope': [161, 8620] };
  for (const [product, [steps, answers]] of Object.entries(counts)) {
    const calls = await shop.store.modelCalls.ofReport(reportIdOf(order.orderId, product));
    expect(calls).toHaveLength(steps ?? 0);
    const asked = calls.flatMap((call) => call.asked);
    expect(asked).toHaveLength(answers ?? 0);
    expect(new Set(asked).size).toBe(answers);
  }
});

test('the horoscope has 1,725 pages with all 8,620 answers, each once and in order', async () => {
  const pages = await pageTexts(await pdfOf(links[0]?.[2]));
  expect(pages).toHaveLength(1725);
  const wanted = (await answersOf('personal-horoscope')).map(withoutSpaces);
  expect(wanted).toHaveLength(8620);

  const text = pages.map(withoutSpaces).join('\n');
  const between: string[] = [];
  let at = 0;
  for (const answer of wanted) {
    const found = text.indexOf(answer, at);
    if (found < 0) throw new Error(`not in the PDF behind the one before: ${answer}`);
    between.push(text.slice(at, found));
    at = found + answer.length;
  }
  const rest = [...between, text.slice(at)].join('\n');
  const again = wanted.filter((answer) => rest.includes(answer.slice(0, 80)));
  expect(again).toEqual([]);
}, 120_000);

function withoutSpaces(text: string): string {
  return text.replace(/\s+/g, '');
}

test('a link with a wrong token is 404, and so is a token for another purpose', async () => {
  const link = links[0]?.[0] ?? '';
  const altered = link.slice(0, -1) + (link.endsWith('A') ? 'B' : 'A');
  expect((await fetch(altered)).status).toBe(404);
  expect((await fetch(`${shop.apiUrl}/d/${order.accessToken}`)).status).toBe(404);
  expect((await fetch(`${shop.apiUrl}/d/nonsense`)).status).toBe(404);
});
