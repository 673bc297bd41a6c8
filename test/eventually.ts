import { vi } from 'vitest';

/**
 * Waits until `check` no longer throws. The limit is far longer than needed and only bounds a hang,
 * like that of `expect.poll` in vitest.config.ts.
 * @param interval between checks, milliseconds
 */
export function eventually<T>(check: () => T | Promise<T>, interval = 20): Promise<T> {
  return vi.waitFor(check, { timeout: 20_000, interval });
}
