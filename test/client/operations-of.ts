/** Which operations of the document some requests have reached. */
import { readFileSync } from 'node:fs';

interface Document {
  paths: Record<string, Record<string, { operationId: string; tags: string[] }>>;
}

export interface Reached {
  operationId: string;
  tags: string[];
  reached: boolean;
}

/** @param requests `METHOD /path` each */
export function operationsOf(requests: readonly string[]): Reached[] {
  const { paths }: Document = JSON.parse(readFileSync('client/openapi.json', 'utf8'));
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, tags }]) => {
      const address = path.replaceAll(/\{\w+\}/g, '[^/]+');
      const pattern = new RegExp(`^${method.toUpperCase()} ${address}$`);
      return { operationId, tags, reached: requests.some((each) => pattern.test(each)) };
    }),
  );
}
