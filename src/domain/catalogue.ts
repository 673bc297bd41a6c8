/** What can be sold, and every version of it that open reports may still need. */
import type { KnownLastDay } from './model-day.ts';
import { flawsOfPrice, MOST_MINOR } from './money.ts';
import type { Bundle, ProductDefinition } from './product.ts';

export interface Catalogue {
  /** every version that this build knows */
  definitions: readonly ProductDefinition[];
  /** the newest version of each product, in the order in which they are offered */
  products: readonly ProductDefinition[];
  bundles: readonly Bundle[];
  /** this build's table of models; the provider's own word comes beside it */
  knownLastDay: KnownLastDay;
  /** @returns null if this build lacks that version: the report is given back, not failed */
  definition(productId: string, version: number): ProductDefinition | null;
  /** @throws Error for an unknown product: no order can hold one */
  newest(productId: string): ProductDefinition;
  /** @returns the title in its own version, or the newest if this build lacks that; else its id */
  titleOf(item: { productId: string; version?: number }): string;
}

/**
 * @param knownLastDay left out: no model's end is known
 * @throws Error that names every price which Stripe would refuse, and the file to correct
 */
export function createCatalogue(
  definitions: readonly ProductDefinition[],
  bundles: readonly Bundle[],
  knownLastDay: KnownLastDay = () => null,
): Catalogue {
  const products = [...Map.groupBy(definitions, ({ id }) => id).values()].map((versions) =>
    versions.reduce((left, right) => (right.version > left.version ? right : left)),
  );
  refuseBadPrices(products, bundles);
  const find = (productId: string) => products.find(({ id }) => id === productId);
  const definition: Catalogue['definition'] = (productId, version) =>
    definitions.find((each) => each.id === productId && each.version === version) ?? null;
  return {
    definitions,
    products,
    bundles,
    knownLastDay,
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

/** Found at start: else each order would be refused at its checkout. */
function refuseBadPrices(products: readonly ProductDefinition[], bundles: readonly Bundle[]): void {
  const sold = [
    ...products.map(({ id, version, price }) => ({
      file: `src/products/${id}/v${version}/definition.ts`,
      id,
      price,
    })),
    ...bundles.map(({ id, price }) => ({ file: 'src/products/catalogue.ts', id, price })),
  ];
  const flaws = sold.flatMap(({ file, id, price }) =>
    flawsOfPrice(price).map((flaw) => `${file}: the price of ${id}: ${flaw}`),
  );
  const [first] = sold;
  for (const { file, id, price } of sold) {
    if (flaws.length > 0 || price.currency === first?.price.currency) continue;
    flaws.push(
      `${file}: the price of ${id} is in ${price.currency}, that of ${first?.id} in ${first?.price.currency}: an order has one currency`,
    );
  }
  const sum = products.reduce((total, { price }) => total + price.amountMinor, 0);
  if (flaws.length === 0 && sum > MOST_MINOR) {
    flaws.push(
      `src/products/*/v*/definition.ts: all products together cost ${sum}: Stripe charges at most ${MOST_MINOR} at once`,
    );
  }
  if (flaws.length > 0) throw new Error(`Prices to correct:\n${flaws.join('\n')}`);
}
