/** What can go wrong between a written report and its reader. Blob and SendGrid fail, and the order arrives. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportIdOf } from '../../src/domain/ids.ts';
import { journalOf, orderFault } from '../sandbox/control.ts';
import { FACTOR } from './delivery-timings.ts';
import { openShop } from './shop.ts';

const PRELOAD = new URL('./delivery-preload.ts', import.meta.url).pathname;
const PARTS = 3;
const BROKEN_OFF_AT = 5_000_000;

type Shop = Awaited<ReturnType<typeof openShop>>;

let shop: Shop;
let plain: Shop;
beforeAll(async () => {
  [plain, shop] = await Promise.all([
    openShop(), // with full waits: the sweeper would come too late for the thanks
    openShop({
      environment: (folder) => ({
        NODE_OPTIONS: `--import=${PRELOAD}`,
        RENDERS_FILE: join(folder, 'renders'),
      }),
    }),
  ]);
}, 60_000);
afterAll(() => Promise.all([plain?.close(), shop?.close()]));

interface Kept {
  at: string;
  customArgs: { key: string };
  text: string;
}

async function mailbox(shop: Shop, orderId: string): Promise<Kept[]> {
  const response = await fetch(`${shop.sandbox.sendgrid}/_sandbox/messages`);
  const { messages } = (await response.json()) as { messages: Kept[] };
  return messages.filter(({ customArgs }) => customArgs.key.includes(orderId));
}

const kindsOf = (letters: Kept[]) => letters.map(({ customArgs: { key } }) => key.split('-')[0]);

async function outcomes(url: string): Promise<{ outcome: string; at: string; part?: string }[]> {
  return (await journalOf(url)) as { outcome: string; at: string; part?: string }[];
}

test('the thanks for an order go out when it is paid, and its reports follow', async () => {
  await orderFault(plain.sandbox.openai, { kind: 'slow', count: 4, ms: 1_500 });
  const order = await plain.order(['life-clarity']);
  await plain.pay(order);
  expect(await plain.untilSettled(order)).toBe('fulfilled');
  await plain.letters(order);
  const letters = await mailbox(plain, order.orderId);
  expect(kindsOf(letters)).toEqual(['received', 'ready']);
  const { paidAt, settledAt } = (await plain.store.orders.find(order.orderId)) ?? {};
  const receivedAt = Date.parse(letters[0]?.at ?? '');
  process.stdout.write(`received ${receivedAt - Date.parse(paidAt ?? '')} ms after the payment\n`);
  // on its own, and not only because another letter was due
  expect(receivedAt).toBeLessThan(Date.parse(settledAt ?? ''));
}, 60_000);

test('a report is rendered once and mailed once although Blob and SendGrid fail for minutes, and its download resumes', async () => {
  const { blob, sendgrid } = shop.sandbox;
  const rendersBefore = await renders();
  // three tries in one run, three in the next a minute later, and the first in the run two minutes after that
  await orderFault(blob, { kind: '503', count: 7, match: 'POST /mpu' });
  await orderFault(blob, { kind: 'broken_upload', count: 1, match: 'upload 2' });
  await orderFault(sendgrid, { kind: 'stalled_body', count: 1, match: 'received-' });
  await orderFault(sendgrid, { kind: '429', count: 1, match: 'ready-', retryAfter: 1 });
  await orderFault(sendgrid, { kind: '500', count: 1, match: 'ready-' });
  await orderFault(sendgrid, { kind: 'slow', count: 1, match: 'ready-', ms: 60_000 });
  const [seenByBlob, seenBySendgrid] = await Promise.all(
    [blob, sendgrid].map(async (url) => (await outcomes(url)).length),
  );
  const order = await shop.order(['life-clarity']);
  await shop.pay(order);
  expect(await shop.untilSettled(order)).toBe('fulfilled');
  const [[link = ''] = []] = await shop.letters(order);

  const asked = (await outcomes(blob)).slice(seenByBlob);
  const away = asked.filter(({ outcome }) => outcome === '503').map(({ at }) => Date.parse(at));
  const awayS = (((away.at(-1) ?? 0) - (away[0] ?? 0)) * FACTOR) / 1_000;
  const whole = asked.filter(
    ({ outcome, part }) => outcome === 'answered' && /^upload/.test(part ?? ''),
  );
  const letters = await mailbox(shop, order.orderId);
  const report = await shop.store.reports.find(reportIdOf(order.orderId, 'life-clarity'));
  const pdf = Buffer.from(await (await fetch(link)).arrayBuffer());
  const figures = {
    blobAwayScaledS: Math.round(awayS),
    uploadTries: asked.filter(({ part }) => part === 'create').length,
    partsAnswered: whole.length,
    renders: (await renders()) - rendersBefore,
    runs: report?.fence,
    attempts: report?.attempts,
    mailTries: (await outcomes(sendgrid)).slice(seenBySendgrid).map(({ outcome }) => outcome),
    letters: kindsOf(letters),
    bytes: pdf.length,
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);

  expect(figures.blobAwayScaledS).toBeGreaterThan(120);
  expect(asked.map(({ outcome }) => outcome)).toContain('broken_upload');
  expect(figures).toMatchObject({ uploadTries: 9, renders: 1, runs: 3, attempts: 0 });
  expect(figures.partsAnswered).toBeGreaterThanOrEqual(PARTS);
  expect(figures.mailTries).toEqual(
    expect.arrayContaining(['stalled_body', '429', '500', 'client_gone']),
  );
  // the thanks may come twice: the first try got no answer, and SendGrid's event may be late
  expect(figures.letters.filter((kind) => kind === 'received').length).toBeLessThanOrEqual(2);
  expect(figures.letters.filter((kind) => kind === 'ready')).toHaveLength(1);
  expect(figures.letters.at(-1)).toBe('ready');
  expect(createHash('sha256').update(pdf).digest('hex')).toBe(report?.pdf?.sha256);

  const rest = await fetch(link, { headers: { range: `bytes=${BROKEN_OFF_AT}-` } });
  expect(rest.status).toBe(206);
  expect(Buffer.from(await rest.arrayBuffer()).equals(pdf.subarray(BROKEN_OFF_AT))).toBe(true);
  expect(await shop.store.links.find(`lnk_${report?.id}`)).toMatchObject({ downloads: 1 });
}, 60_000);

async function renders(): Promise<number> {
  const lines = await readFile(join(shop.folder, 'renders'), 'utf8').catch(() => '');
  return lines.split('\n').length - 1;
}
