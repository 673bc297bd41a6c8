/**
 * BullMQ asks Redis for its version once, when a queue opens. A queue that got no answer refuses
 * everything for ever, so it is thrown away, and opened again at its next use.
 */

interface Opened {
  waitUntilReady(): Promise<unknown>;
  on(event: 'error', listener: () => void): unknown;
  close(): Promise<void>;
}

export interface Reopening<T> {
  /** @throws the error that kept it from opening */
  ready(): Promise<T>;
  close(): Promise<void>;
}

export function reopening<T extends Opened>(open: () => T): Reopening<T> {
  let current: T | null = null;
  return {
    async ready() {
      let opened = current;
      if (opened === null) {
        opened = open();
        opened.on('error', () => {}); // the connection's own listener has logged it
        current = opened;
      }
      try {
        await opened.waitUntilReady();
        return opened;
      } catch (error) {
        if (current === opened) current = null;
        opened.close().catch(() => {}); // only its listeners are left to close
        throw error;
      }
    },
    async close() {
      await current?.close();
    },
  };
}
