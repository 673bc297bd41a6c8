/** A store that kills its process right after the nth write at a point: `KILL_BEHIND=<point>:<n>`. */
import type { Store } from '../../src/domain/ports/store.ts';
import { openStore as openReal } from '../../src/store/open-store.ts';
import type { KillPoint } from './kill-points.ts';

type OpenStore = typeof openReal;

export const openStore: OpenStore = async (...args) => {
  const [point, times] = (process.env.KILL_BEHIND ?? '').split(':');
  const store = await openReal(...args);
  let left = Number(times);
  const strike = (): void => {
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
  return { ...store, ...STRIKES[point as KillPoint](store, strike) };
};

/** A payment, write by write. The process dies before it does anything that follows. */
const STRIKES: Record<KillPoint, (store: Store, strike: () => void) => Partial<Store>> = {
  'event stored': ({ stripeEvents }, strike) => ({
    stripeEvents: {
      ...stripeEvents,
      async insert(event) {
        const isNew = await stripeEvents.insert(event);
        if (isNew) strike();
        return isNew;
      },
    },
  }),
  'order paid': ({ orders }, strike) => ({
    orders: {
      ...orders,
      async move(id, to, change) {
        const moved = await orders.move(id, to, change);
        if (moved !== null && to === 'paid') strike();
        return moved;
      },
    },
  }),
  'reports written': ({ reports }, strike) => ({
    reports: {
      ...reports,
      async upsert(rows) {
        await reports.upsert(rows);
        strike();
      },
    },
  }),
  'letter written': ({ emails }, strike) => ({
    emails: {
      ...emails,
      async insert(row) {
        const isNew = await emails.insert(row);
        if (isNew && row.kind === 'received') strike();
        return isNew;
      },
    },
  }),
  'jobs added': ({ stripeEvents }, strike) => ({
    stripeEvents: {
      ...stripeEvents,
      async processed(id, at) {
        strike();
        await stripeEvents.processed(id, at);
      },
    },
  }),
};
