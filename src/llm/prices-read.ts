/** Apart from the prices, because their library takes 20 MB. */

/** The day of the library's data: when its version was published. A test holds it to the installed version. */
export const PRICES_READ = { day: '2026-09-23', version: '0.1.8' };
