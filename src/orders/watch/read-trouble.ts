/** What is wrong now, for operators who look: the way that needs no e-mail. */
import { NOT_ARRIVED } from '../../domain/email.ts';
import type { Needs } from '../needs.ts';

export interface Trouble {
  /** alarms that last and were told */
  alarms: { cause: string; what: string; since: string }[];
  /** alerts that bounced, were given up, or do not leave */
  alertsNotSent: { alert: string; state: string; at: string }[];
}

export type ReadTrouble = () => Promise<Trouble>;

/** Of each list, oldest first. */
const MOST = 50;

export function createReadTrouble({
  store,
  timings,
  clock,
}: Needs<'store' | 'timings' | 'clock'>): ReadTrouble {
  const ago = (ms: number) => new Date(clock().getTime() - ms);

  return async () => {
    const alarms = (await store.alarms.open()).filter(({ toldAt }) => toldAt !== null);
    const from = ago(timings.alertShown);
    const [lost, unsent] = await Promise.all([
      store.emails.created({ from }, NOT_ARRIVED, ['alert'], MOST),
      store.emails.created(
        { from, before: ago(timings.letterStill) },
        ['due', 'sending'],
        ['alert'],
        MOST,
      ),
    ]);
    return {
      alarms: alarms.slice(0, MOST).map(({ cause, what, since }) => {
        return { cause, what: what ?? cause, since };
      }),
      alertsNotSent: [...lost, ...unsent].map(({ key, note, state, createdAt }) => ({
        alert: note?.split('\n')[0] ?? key,
        state,
        at: createdAt,
      })),
    };
  };
}
