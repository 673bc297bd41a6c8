/** Limits are waits as well: tests and chaos divide them by the same factor as every other wait. */
import { type Catalogue, createCatalogue } from './catalogue.ts';
import type { Limits } from './product.ts';

/** @param factor 1 in production: the catalogue as it is */
export function scaleLimits(catalogue: Catalogue, factor: number): Catalogue {
  if (factor === 1) return catalogue;
  const scaled = catalogue.definitions.map((each) => ({
    ...each,
    limits: divided(each.limits, factor),
    promisedMs: part(each.promisedMs, factor),
  }));
  return createCatalogue(scaled, catalogue.bundles);
}

function divided({ callMs, softMs, hardMs }: Limits, factor: number): Limits {
  return {
    callMs: part(callMs, factor),
    softMs: part(softMs, factor),
    hardMs: part(hardMs, factor),
  };
}

function part(ms: number, factor: number): number {
  return Math.max(1, Math.round(ms / factor));
}
