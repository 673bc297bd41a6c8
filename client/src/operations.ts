/**
 * Every operation of the API as its own function, generated from the document; also those of operators, which
 * `createAlmanac` leaves out. Pass `client: almanac.client`.
 */
export * from './generated/index.ts';
