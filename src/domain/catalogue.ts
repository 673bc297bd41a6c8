/** What can be sold, and every version of it that open reports may still need. */
import type { Bundle, ProductDefinition } from './product.ts';

export interface Catalogue {
  /** every version that this build knows */
  definitions: readonly ProductDefinition[];
  /** the newest version of each product, in the order in which they are offered */
  products: readonly ProductDefinition[];
  bundles: readonly Bundle[];
  /** @returns null if this build lacks that version: the report is given back, not failed */
  definition(productId: string, version: number): ProductDefinition | null;
  /** @throws Error for an unknown product: no order can hold one */
  newest(productId: string): ProductDefinition;
  /** @returns the title in its own version, or the newest if this build lacks that; else its id */
  titleOf(item: { productId: string; version?: number }): string;
}

export function createCatalogue(
  definitions: readonly ProductDefinition[],
  bundles: readonly Bundle[],
): Catalogue {
  const products = [...Map.groupBy(definitions, ({ id }) => id).values()].map((versions) =>
    versions.reduce((left, right) => (right.version > left.version ? right : left)),
  );
  const find = (productId: string) => products.find(({ id }) => id === productId);
  const definition: Catalogue['definition'] = (productId, version) =>
    definitions.find((each) => each.id === productId && each.version === version) ?? null;
  return {
    definitions,
    products,
    bundles,
    definition,
    newest(productId) {
      const newest = find(productId);
      if (newest === undefined) throw new Error(`the catalogue has no product ${productId}`);
      return newest;
    },
    titleOf({ productId, version }) {
      const own = version === undefined ? null : definition(productId, version);
      return (own ?? find(productId))?.title ?? productId;
    },
  };
}
