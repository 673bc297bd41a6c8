/** Parts of the house for tests in which nobody listens and nothing is queued. */
import type { ReportQueue, Signals } from '../../src/domain/ports/work.ts';
import { perQueue } from '../../src/domain/product.ts';

export const noSignals: Signals = { wake() {}, listen: () => () => {}, async close() {} };

export const noQueue: ReportQueue = {
  async add() {},
  ensure: async () => 'present',
  async ping() {},
  health: async () => perQueue(() => ({ paused: false, workers: 1 })),
  async close() {},
};
