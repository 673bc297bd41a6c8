/**
 * BullMQ asks Redis for its version once, as a queue opens, and one whose question went unanswered
 * refuses everything for ever. So it is thrown away, and opened anew at its next use.
 */

interface Opened {
  waitUntilReady(): Promise<unknown>;
  on(event: 'error', listener: () => void): unknown;
  close(): Promise<void>;
}

export interface Reopening<T> {
  /** @throws what kept it from opening */
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
        opened.close().catch(() => {}); // there is nothing to close but its listeners
        throw error;
      }
    },
    async close() {
      await current?.close();
    },
  };
}
