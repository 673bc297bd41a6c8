/** Documents for store tests, each with ids of its own. */
import { newId } from '../../src/domain/ids.ts';
import { type ModelCall, newCall } from '../../src/domain/model-call.ts';
import { newOrder, type Order } from '../../src/domain/order.ts';
import { newReport, type Report } from '../../src/domain/report.ts';
import type { Section } from '../../src/domain/section.ts';
import { sampleDefinition } from '../workers/sample.ts';

const AT = '2026-03-01T12:00:00.000Z';

export function exampleOrder(change: Partial<Order> = {}): Order {
  const place = { name: 'Köln', latitude: 50.9375, longitude: 6.96, timeZone: 'Europe/Berlin' };
  const ordered = {
    id: newId('ord'),
    email: 'ada@example.org',
    products: ['life-clarity'],
    items: [{ productId: 'life-clarity', amountMinor: 1900 }],
    currency: 'eur',
    amountMinor: 1900,
    subject: {
      birth: {
        name: 'Ada “€” 🌒 Ünal',
        date: '1990-05-17',
        time: null,
        place,
        utc: '1990-05-17T10:00:00Z',
        offsetSeconds: 7200,
      },
      reportYear: { startDate: '2026-03-01', timeZone: 'Europe/Berlin' },
      houseSystem: 'placidus',
      zodiac: 'tropical',
    },
  } as const satisfies Partial<Order>;
  return { ...newOrder(ordered, new Date(AT)), revision: 0, ...change };
}

export function exampleReport(orderId: string, change: Partial<Report> = {}): Report {
  const definition = sampleDefinition({ id: 'life-clarity', queue: 'life-clarity', answers: 9 });
  const times = { now: new Date(AT), deadline: new Date('2026-03-02T12:00:00.000Z') };
  return { ...newReport(orderId, definition, times), ...change };
}

export function exampleSection(
  report: Pick<Report, 'id' | 'orderId'>,
  step: number,
  change: Partial<Section> = {},
): Section {
  return {
    reportId: report.id,
    orderId: report.orderId,
    edition: 1,
    step,
    answers: [{ id: `s${step}`, text: `Answer of step ${step}` }],
    model: 'gpt-4o',
    calls: 1,
    tokensIn: 900,
    tokensCached: 0,
    tokensOut: 400,
    costMicros: 6250,
    completedAt: AT,
    ...change,
  };
}

export function exampleCall(
  report: Pick<Report, 'id' | 'orderId'>,
  change: Partial<ModelCall> = {},
): ModelCall {
  const asks = { edition: 1, step: 1, fence: 1, model: 'gpt-4o', asked: ['s1'] };
  const of = { reportId: report.id, orderId: report.orderId, ...asks };
  return newCall({ ...of, ...change }, new Date(AT));
}
