/** The Almanac API for front ends: `createAlmanac`, its errors and its types. */
export { createAlmanac, } from "./almanac.js";
export { AlmanacError } from "./errors.js";
export { isOver } from "./order-states.js";
export { WATCH_PATIENCE } from "./watch-order.js";
