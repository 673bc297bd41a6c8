/** Wakes watchers over Redis pub/sub. Nothing is stored: losing Redis costs them a poll interval. */
import type { Timings } from '../domain/patience.ts';
import type { Signals } from '../domain/ports/work.ts';
import type { Log } from '../telemetry/log.ts';
import { connectProducer } from './connection.ts';
import { PROBE_KEY } from './try-write.ts';

/** A read replica would publish to its own listeners, who are few or none: so a wake writes, and is refused there. */
const WAKE = "redis.call('set', KEYS[1], '', 'PX', 1) redis.call('publish', ARGV[1], '')";

export interface SignalsOptions {
  redisUrl: string;
  timings: Timings;
  log: Log;
}

export function createSignals(options: SignalsOptions): Signals {
  const publisher = connectProducer(options);
  // a connection that listens can do nothing else; opened for the first listener
  let subscriber: ReturnType<typeof connectProducer> | null = null;
  const listeners = new Map<string, Set<() => void>>();

  function subscriberConnection() {
    if (subscriber) return subscriber;
    subscriber = connectProducer(options); // subscribes again by itself after an outage
    subscriber.on('message', (channel: string) => {
      for (const onWake of [...(listeners.get(channel) ?? [])]) onWake();
    });
    return subscriber;
  }

  return {
    wake(orderId) {
      // a wake may be lost, and the outage is already logged
      publisher.eval(WAKE, 1, PROBE_KEY, channelOf(orderId)).catch(() => {});
    },

    listen(orderId, onWake) {
      const channel = channelOf(orderId);
      const connection = subscriberConnection();
      const those = listeners.get(channel) ?? new Set();
      listeners.set(channel, those);
      those.add(onWake);
      if (those.size === 1) connection.subscribe(channel).catch(() => {});
      return () => {
        those.delete(onWake);
        if (those.size > 0 || listeners.get(channel) !== those) return;
        listeners.delete(channel);
        connection.unsubscribe(channel).catch(() => {});
      };
    },

    async close() {
      publisher.disconnect();
      subscriber?.disconnect();
    },
  };
}

function channelOf(orderId: string): string {
  return `almanac:order:${orderId}`;
}
