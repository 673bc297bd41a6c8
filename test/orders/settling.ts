/** A store with one paid order, and a mailer that keeps what it sent. */
import pino from 'pino';
import { scaledTimings } from '../../src/domain/patience.ts';
import type { Letter } from '../../src/domain/ports/work.ts';
import type { Report } from '../../src/domain/report.ts';
import { createTokens } from '../../src/domain/token.ts';
import { createSendEmail } from '../../src/orders/letters/send-email.ts';
import { createSettleOrder } from '../../src/orders/settle-order.ts';
import { noSignals } from '../workers/nobody.ts';
import {
  catalogueOf,
  openSample,
  sampleDefinition,
  sampleOrder,
  sampleReport,
} from '../workers/sample.ts';

export const timings = scaledTimings(1);
export const tokens = createTokens('a secret of at least 32 characters');
export const PUBLIC_URL = 'https://almanac.example';
const SILENT = pino({ level: 'silent' });
const TITLES = { blueprint: 'Blueprint', 'life-clarity': 'Life Clarity' };

export async function openSettling() {
  const sample = await openSample();
  const sent: Letter[] = [];
  let now = new Date();
  let answer: (letter: Letter) => unknown = () => {};
  const catalogue = catalogueOf(
    ...Object.entries(TITLES).map(([id, title]) => sampleDefinition({ id, title })),
  );
  const base = { store: sample.store, timings, clock: () => now };
  const sendEmailOf = (operatorEmail: string | null, log = SILENT) =>
    createSendEmail({
      ...base,
      catalogue,
      composeLetter: (kind, key, data) => ({
        to: data.order.email,
        key,
        subject: kind,
        text: JSON.stringify({ ...data, order: data.order.id }),
        html: '',
      }),
      composeAlert: ({ to, key, note }) => ({ to, key, subject: 'alert', text: note, html: '' }),
      operatorEmail,
      mailer: {
        async send(letter) {
          await answer(letter);
          sent.push(letter);
          return { providerId: `msg-${sent.length}` };
        },
      },
      tokens,
      publicUrl: PUBLIC_URL,
      log,
    });
  const sendEmail = sendEmailOf('operator@example.com');
  const log = SILENT;
  const settleOrder = createSettleOrder({ ...base, log, sendEmail, signals: noSignals });
  return {
    ...sample,
    sent,
    sendEmail,
    /** @param operatorEmail null: this process knows of none */
    sendEmailOf,
    settleOrder,
    now: () => now,
    pass(ms: number) {
      now = new Date(now.getTime() + ms);
    },
    /** called before the mailer keeps a letter; may throw */
    mailerDoes(what: (letter: Letter) => unknown) {
      answer = what;
    },
    async paidOrder(states: Record<string, Report['state']>) {
      await sample.store.orders.insert(sampleOrder('ord_1', Object.keys(states)));
      await sample.store.reports.upsert(
        Object.entries(states).map(([productId, state]) =>
          sampleReport('ord_1', { productId, state, pdf: state === 'delivered' ? PDF : null }),
        ),
      );
    },
    async order() {
      const order = await sample.store.orders.find('ord_1');
      if (!order) throw new Error('no order');
      return order;
    },
  };
}
export type Settling = Awaited<ReturnType<typeof openSettling>>;

const PDF = { edition: 1, key: 'k', url: 'u', pages: 40, bytes: 4, sha256: 'abc' };
