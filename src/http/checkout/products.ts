/** What can be ordered, and for how much. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Catalogue } from '../../domain/catalogue.ts';
import { productsSchema } from './products-schema.ts';

export function productRoutes({ catalogue }: { catalogue: Catalogue }): FastifyPluginAsyncZod {
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
      async () => ({ products: [...products, ...bundles] }),
    );
  };
}
