/** Turns the products that a customer names into what is made and what is charged. */
import type { Catalogue } from '../../domain/catalogue.ts';
import { type FieldIssue, InvalidInput } from '../../domain/errors.ts';
import { stepOf } from '../../domain/money.ts';
import type { OrderItem } from '../../domain/order.ts';
import type { CheckoutLine } from '../../domain/ports/payment.ts';
import type { Bundle, ProductDefinition } from '../../domain/product.ts';
import { splitPrice } from '../../domain/split-price.ts';

export interface PricedProducts {
  /** expanded: one per report */
  items: OrderItem[];
  /** as the customer sees them at the checkout */
  lines: CheckoutLine[];
  currency: string;
  amountMinor: number;
}

/** @throws InvalidInput for a product that is unknown, named twice, or ordered together with a bundle */
export function priceProducts(catalogue: Catalogue, ids: readonly string[]): PricedProducts {
  const issues: FieldIssue[] = [];
  const sold: (ProductDefinition | Bundle)[] = [];
  const known = [...catalogue.products, ...catalogue.bundles];
  ids.forEach((id, index) => {
    const field = `products.${index}`;
    const entry = known.find((each) => each.id === id);
    if (entry === undefined) {
      issues.push({ field, message: `unknown product; use one of ${listOf(known)}` });
    } else if (ids.indexOf(id) !== index) {
      issues.push({ field, message: `"${entry.id}" is named twice; name each product once` });
    } else if ('products' in entry && ids.length > 1) {
      const parts = entry.products.join(', ');
      issues.push({ field, message: `"${entry.id}" already includes ${parts}; order it alone` });
    } else {
      sold.push(entry);
    }
  });
  const [first] = sold;
  if (first === undefined && issues.length === 0) {
    issues.push({ field: 'products', message: `name at least one of ${listOf(known)}` });
  }
  if (issues.length > 0 || first === undefined) throw new InvalidInput(issues);

  const items = sold.flatMap((entry) => itemsOf(catalogue, entry));
  return {
    items,
    lines: sold.map((entry) => ({ title: entry.title, amountMinor: entry.price.amountMinor })),
    currency: first.price.currency,
    amountMinor: items.reduce((total, item) => total + item.amountMinor, 0),
  };
}

function itemsOf(catalogue: Catalogue, entry: ProductDefinition | Bundle): OrderItem[] {
  if (!('products' in entry)) {
    return [{ productId: entry.id, amountMinor: entry.price.amountMinor }];
  }
  const parts = catalogue.products.filter((each) => entry.products.includes(each.id));
  const shares = splitPrice(
    entry.price.amountMinor,
    parts.map((part) => part.price.amountMinor),
    stepOf(entry.price.currency), // each share may have to go back alone
  );
  return parts.map((part, index) => ({ productId: part.id, amountMinor: shares[index] ?? 0 }));
}

function listOf(entries: readonly { id: string }[]): string {
  return entries.map((entry) => `"${entry.id}"`).join(', ');
}
