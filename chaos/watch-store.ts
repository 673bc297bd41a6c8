/** Looks at a store again and again, for databases without triggers: what is final must not change. */
import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Order } from '../src/domain/order.ts';
import type { Store } from '../src/domain/ports/store.ts';
import type { Report } from '../src/domain/report.ts';
import {
  ORDER_STATES,
  ORDER_TRANSITIONS,
  REPORT_STATES,
  REPORT_TRANSITIONS,
} from '../src/domain/transitions.ts';
import type { Witnessed } from './witnessed.ts';

const LOOK_MS = 500;

/** @returns a function that ends the watch with a last look */
export function watchStore(store: Store): () => Promise<Witnessed> {
  const found: Witnessed = { sectionsRewritten: 0, staleWrites: 0 };
  const orders = new Map<string, Order>();
  const reports = new Map<string, Report>();
  const sections = new Map<string, string>();
  let watching = true;

  async function look(): Promise<void> {
    for (const state of ORDER_STATES) {
      for await (const order of store.orders.inState(state)) {
        const before = orders.get(order.id);
        const over = before && ORDER_TRANSITIONS[before.state].length === 0;
        if (over && before.state !== order.state) found.staleWrites += 1;
        orders.set(order.id, order);
      }
    }
    for await (const report of store.reports.inStates(REPORT_STATES)) {
      const before = reports.get(report.id);
      const over = before && REPORT_TRANSITIONS[before.state].length === 0;
      if (before && report.fence < before.fence) found.staleWrites += 1;
      if (over && before.state !== report.state) found.staleWrites += 1;
      reports.set(report.id, report);
      for await (const section of store.sections.read(report)) {
        const key = `${section.reportId} ${section.edition} ${section.step}`;
        const mark = hash('sha1', JSON.stringify(section));
        if ((sections.get(key) ?? mark) !== mark) found.sectionsRewritten += 1;
        sections.set(key, mark);
      }
    }
  }

  async function keepLooking(): Promise<void> {
    while (watching) {
      await look().catch(() => {}); // the store may be away, as chaos intends
      await sleep(LOOK_MS);
    }
  }

  const running = keepLooking();
  return async () => {
    watching = false;
    await running;
    await look();
    return found;
  };
}
