import { vi } from 'vitest';

/**
 * Waits until `check` throws no more. Far longer than it ever takes: this only bounds a hang, as the
 * limit of `expect.poll` in vitest.config.ts does.
 * @param interval between looks, milliseconds
 */
export function eventually<T>(check: () => T | Promise<T>, interval = 20): Promise<T> {
  return vi.waitFor(check, { timeout: 20_000, interval });
}
