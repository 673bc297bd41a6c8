/** The Almanac API for front ends: `createAlmanac`, its errors and its types. */
export {
  type Almanac,
  type AlmanacOptions,
  type CallOptions,
  createAlmanac,
  type OrderCallOptions,
  type PlaceOrderOptions,
} from './almanac.ts';
export { AlmanacError, type AlmanacErrorCode } from './errors.ts';
export type {
  Birth,
  BirthChoice,
  ConfirmedOrder,
  Erased,
  ErrorCode,
  FieldIssue,
  KnownPlace,
  LetterKind,
  LetterState,
  Order,
  OrderRequest,
  OrderState,
  PlacedOrder,
  Places,
  Problem,
  Product,
  ProductId,
  Report,
  ReportProduct,
  ReportState,
} from './generated/types.gen.ts';
export { isOver } from './order-states.ts';
export { WATCH_PATIENCE, type WatchOptions, type WatchPatience } from './watch-order.ts';
