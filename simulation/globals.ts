/** What simulated processes share: wakes between them, and the timers that the simulated code finds in its globals. */
import type { Signals } from '../src/domain/ports/work.ts';
import type { createWorld } from './world.ts';

/** @param lost whether a wake is lost */
export function createWakes(lost: () => boolean): Signals {
  const listeners = new Map<string, Set<() => void>>();
  return {
    wake(orderId) {
      if (!lost()) for (const onWake of listeners.get(orderId) ?? []) onWake();
    },
    listen(orderId, onWake) {
      const those = listeners.get(orderId) ?? new Set();
      listeners.set(orderId, those.add(onWake));
      return () => those.delete(onWake);
    },
    close: async () => {},
  };
}

/** The simulated code uses the global timers: replaces them with the world's. */
export function useTimers(timers: ReturnType<typeof createWorld>['timers']): () => void {
  const real = {
    setTimeout: globalThis.setTimeout,
    setInterval: globalThis.setInterval,
    clearTimeout: globalThis.clearTimeout,
    clearInterval: globalThis.clearInterval,
  };
  Object.assign(globalThis, {
    setTimeout: timers.set,
    setInterval: timers.every,
    clearTimeout: timers.clear,
    clearInterval: timers.clear,
  });
  return () => void Object.assign(globalThis, real);
}
