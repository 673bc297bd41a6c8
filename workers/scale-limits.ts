/** Limits are waits as well: tests and chaos divide them by the same factor as every other wait. */
import { type Catalogue, createCatalogue } from '../src/domain/catalogue.ts';
import type { Limits } from '../src/domain/product.ts';

/** @param factor 1 in production: the catalogue as it is */
export function scaleLimits(catalogue: Catalogue, factor: number): Catalogue {
  if (factor === 1) return catalogue;
  const scaled = catalogue.definitions.map((each) => ({
    ...each,
    limits: divided(each.limits, factor),
  }));
  return createCatalogue(scaled, catalogue.bundles, catalogue.knownLastDay);
}

function divided({ callMs, softMs, hardMs }: Limits, factor: number): Limits {
  const part = (ms: number): number => Math.max(1, Math.round(ms / factor));
  return { callMs: part(callMs), softMs: part(softMs), hardMs: part(hardMs) };
}
