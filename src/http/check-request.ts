/** Checks all parts of a request together, so that one answer names everything to correct. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type FieldIssue, InvalidInput } from '../domain/errors.ts';
import { issuesOf } from './field-issues.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What else is wrong with a body that its schema refuses: asked so that faults do not come in turns. */
    faultsOfBody?: (body: unknown) => FieldIssue[];
  }
}

/** Call before any route is registered. */
export function checkRequests(app: FastifyInstance): void {
  // Fastify's own check would stop at the first part
  app.setValidatorCompiler(() => (value) => ({ value }));
  app.addHook('preValidation', async (request) => check(request));
}

/** @throws InvalidInput with the faults of all parts */
function check(request: FastifyRequest): void {
  const { schema, config } = request.routeOptions;
  const issues: FieldIssue[] = [];
  const read = (part: unknown, value: unknown, name: string): unknown => {
    if (!(part instanceof z.ZodType)) return value;
    const result = z.safeDecode(part, value ?? undefined);
    if (result.success) return result.data;
    issues.push(...issuesOf(result.error, name));
    return value;
  };
  request.params = read(schema?.params, request.params, 'params');
  request.query = read(schema?.querystring, request.query, 'querystring');
  request.headers = headersOf(read(schema?.headers, request.headers, 'headers'), request);
  request.body = read(schema?.body, request.body, 'body');
  if (issues.length === 0) return;
  const named = issues.map(({ field }) => field);
  const more = config?.faultsOfBody?.(request.body) ?? [];
  issues.push(...more.filter(({ field }) => !named.some((name) => isWithin(field, name))));
  throw new InvalidInput(issues);
}

function headersOf(read: unknown, { headers }: FastifyRequest): FastifyRequest['headers'] {
  return typeof read === 'object' && read !== null ? { ...headers, ...read } : headers;
}

/** Whether one field is the other, a part of it, or holds it. */
function isWithin(field: string, name: string): boolean {
  return (
    name === 'body' || `${field}.`.startsWith(`${name}.`) || `${name}.`.startsWith(`${field}.`)
  );
}
