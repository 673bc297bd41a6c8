/** Alarms: one row per cause, with its newest episode. */
import type { Alarm, AlarmStore } from '../domain/alarm.ts';
import type { Collection } from './collection.ts';

export function createAlarmStore({ alarms }: { alarms: Collection<Alarm> }): AlarmStore {
  const same = ({ cause, episode }: Alarm) => ({ cause, episode, endedAt: null });

  return {
    open: (area) => alarms.find({ endedAt: null, ...(area && { area }) }, ['since', 'cause']),

    async begin({ cause, ...begun }, now) {
      const fresh = {
        ...begun,
        seenAt: now.toISOString(),
        toldAt: null,
        what: null,
        endedAt: null,
      };
      for (;;) {
        const seen = await alarms.findOne({ cause });
        if (seen?.endedAt === null) return seen;
        const alarm = { cause, ...fresh, episode: (seen?.episode ?? 0) + 1 };
        if (seen === null) {
          if (await alarms.insert(alarm)) return alarm;
          continue;
        }
        const { episode, endedAt } = seen;
        const { cause: _, ...set } = alarm;
        const begunAgain = await alarms.update({ cause, episode, endedAt }, { set });
        if (begunAgain) return begunAgain;
      }
    },

    async change(alarm, change) {
      await alarms.update(same(alarm), { set: change });
    },

    async end(alarm, now) {
      await alarms.update(same(alarm), { set: { endedAt: now.toISOString() } });
    },
  };
}
