/** A driver that stops at a chosen write: later ones wait for `then`, or never happen. */
import type { Driver } from '../../src/store/documents.ts';

export function stoppingDriver(driver: Driver, writes: number, then: () => Promise<void>): Driver {
  let passed = 0;
  const gate = async (): Promise<void> => {
    passed += 1;
    if (passed > writes) await then();
  };
  return {
    ...driver,
    insert: (...given) => gate().then(() => driver.insert(...given)),
    update: (...given) => gate().then(() => driver.update(...given)),
  };
}
