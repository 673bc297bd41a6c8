/** What can be ordered, and for how much. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { HttpDeps } from '../deps.ts';
import { productsSchema } from './products-schema.ts';

export function productRoutes({
  catalogue,
  orders,
}: Pick<HttpDeps, 'catalogue' | 'orders'>): FastifyPluginAsyncZod {
  const products = catalogue.products.map(({ id, title, summary, price, answers, pages }) => {
    return { id, title, summary, price, answers, pages, includes: [] as string[] };
  });
  const bundles = catalogue.bundles.map(({ id, title, summary, price, products: includes }) => {
    const parts = products.filter((product) => includes.includes(product.id));
    const answers = parts.reduce((total, part) => total + part.answers, 0);
    return { id, title, summary, price, answers, pages: null, includes: [...includes] };
  });

  return async (app) => {
    app.get(
      '/v1/products',
      {
        schema: {
          summary: 'List products and prices',
          operationId: 'listProducts',
          tags: ['catalogue'],
          response: { 200: productsSchema },
        },
      },
      async () => {
        const whyNotSold = await orders.readOnSale();
        const entries = [...catalogue.products, ...catalogue.bundles];
        return {
          products: [...products, ...bundles].map((product, index) => {
            const entry = entries[index];
            const unavailableReason = entry === undefined ? null : whyNotSold(entry);
            return { ...product, available: unavailableReason === null, unavailableReason };
          }),
        };
      },
    );
  };
}
