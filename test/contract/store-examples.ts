/** Documents for store tests, each with ids of its own. */
import { newId, reportIdOf } from '../../src/domain/ids.ts';
import type { ModelCall } from '../../src/domain/model-call.ts';
import type { Order } from '../../src/domain/order.ts';
import type { Report } from '../../src/domain/report.ts';
import type { Section } from '../../src/domain/section.ts';

const AT = '2026-03-01T12:00:00.000Z';

export function exampleOrder(change: Partial<Order> = {}): Order {
  const place = { name: 'Köln', latitude: 50.9375, longitude: 6.96, timeZone: 'Europe/Berlin' };
  return {
    id: newId('ord'),
    state: 'awaiting_payment',
    revision: 0,
    email: 'ada@example.org',
    products: ['life-clarity'],
    items: [{ productId: 'life-clarity', amountMinor: 1900 }],
    currency: 'eur',
    amountMinor: 1900,
    refundedMinor: 0,
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
    checkoutSessionId: null,
    checkoutUrl: null,
    paymentIntentId: null,
    accessGeneration: 1,
    createdAt: AT,
    paidAt: null,
    settledAt: null,
    ...change,
  };
}

export function exampleReport(orderId: string, change: Partial<Report> = {}): Report {
  return {
    id: reportIdOf(orderId, 'life-clarity'),
    orderId,
    productId: 'life-clarity',
    version: 1,
    model: 'gpt-4o',
    queue: 'life-clarity',
    state: 'waiting',
    reason: null,
    steps: 4,
    answers: 9,
    editions: [{ edition: 1, fromStep: 1 }],
    fence: 0,
    attempts: 0,
    crashes: 0,
    snoozes: 0,
    notBefore: null,
    deadline: '2026-03-02T12:00:00.000Z',
    runningMs: 0,
    runStartedAt: null,
    heldAt: null,
    pdf: null,
    createdAt: AT,
    settledAt: null,
    ...change,
  };
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
  return {
    id: newId('call'),
    reportId: report.id,
    orderId: report.orderId,
    edition: 1,
    step: 1,
    fence: 1,
    model: 'gpt-4o',
    asked: ['s1'],
    outcome: null,
    fault: null,
    answered: [],
    tokensIn: 0,
    tokensCached: 0,
    tokensOut: 0,
    costMicros: 0,
    latencyMs: null,
    raw: null,
    openedAt: AT,
    closedAt: null,
    ...change,
  };
}
