/** Records how many pages are drawn, for those who watch: one write at a time, and not too many. */

export interface PageProgress {
  /** Never throws and never waits. */
  drawn(pages: number): void;
  /** Waits for the write under way. */
  settled(): Promise<void>;
}

/**
 * @param write its errors are ignored: the render matters more than its progress
 * @param everyMs milliseconds between two writes, at least
 */
export function createPageProgress(
  write: (pages: number) => Promise<void>,
  everyMs: number,
  clock: () => Date,
): PageProgress {
  let open: Promise<void> | null = null;
  let last = Number.NEGATIVE_INFINITY;
  return {
    drawn(pages) {
      const now = clock().getTime();
      if (open !== null || now - last < everyMs) return;
      last = now;
      open = write(pages)
        .catch(() => {})
        .finally(() => {
          open = null;
        });
    },
    settled: async () => void (await open),
  };
}
