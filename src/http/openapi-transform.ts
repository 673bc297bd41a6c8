/** Turns routes into the OpenAPI document: their own schemas, and the errors that their kind of route has. */
import { STATUS_CODES } from 'node:http';
import type { SwaggerTransformObject } from '@fastify/swagger';
import type { RouteOptions } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { Catalogue } from '../domain/catalogue.ts';
import { ALL_CODES, ERROR_CODES, type ErrorCode, isErrorCode } from './error-codes.ts';
import { ERRORS, specSchema } from './openapi-spec.ts';
import { exampleOf } from './problem-schema.ts';
import { isLimited } from './rate-limits.ts';
import { tidyComponents } from './tidy-components.ts';

const REQUEST_ID = { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } };
const RETRY_AFTER = { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } };
const LOCATION = { Location: { $ref: '#/components/headers/Location' } };
const HEADERS = {
  RequestId: {
    description: 'names this answer, also in our log: quote it when you ask about it',
    schema: { type: 'string' },
  },
  RetryAfter: {
    description: 'seconds to wait before trying again',
    schema: { type: 'integer', minimum: 0 },
  },
  Location: { description: 'where it is', schema: { type: 'string' } },
};

type Transformed = Parameters<typeof jsonSchemaTransform>[0] & { route: RouteOptions };

export function transformRoute(given: Transformed) {
  const made = jsonSchemaTransform(given);
  return { ...made, schema: { ...made.schema, [ERRORS]: codesOf(given.route) } };
}

/** @returns the last pass over the document, for an API that sells this catalogue */
export function transformDocument({ products, bundles }: Catalogue): SwaggerTransformObject {
  return (given) => {
    const spec = specSchema.parse(structuredClone(jsonSchemaTransformObject(given)));
    for (const operation of Object.values(spec.paths).flatMap((each) => Object.values(each))) {
      const type = operation.tags.includes('pages') ? 'text/html' : 'application/problem+json';
      const codes = operation[ERRORS].filter(isErrorCode);
      delete (operation as Record<string, unknown>)[ERRORS];
      operation.responses = { ...operation.responses, ...errorResponses(codes, type) };
      for (const [status, response] of Object.entries(operation.responses)) {
        response.headers = headersOf(status);
      }
    }
    spec.components.headers = HEADERS;
    spec.components.examples = Object.fromEntries(
      ALL_CODES.map((code) => [code, { value: exampleOf(code) }]),
    );
    tidyComponents(spec);
    const written = products.map(({ id }) => id);
    const { ReportProduct, ProductId } = spec.components.schemas;
    if (ReportProduct) ReportProduct.enum = written;
    if (ProductId) ProductId.enum = [...written, ...bundles.map(({ id }) => id)];
    return spec as ReturnType<SwaggerTransformObject>;
  };
}

/** Every code that a route can answer with: its own, and those of its kind. */
function codesOf({ method, url, schema, config }: RouteOptions): ErrorCode[] {
  const verb = [method].flat()[0] ?? 'GET';
  const codes: ErrorCode[] = ['request_timeout', 'headers_too_large', 'internal'];
  if (isLimited(verb, url)) codes.push('rate_limited');
  if (verb !== 'GET') codes.push('bad_request', 'body_too_large', 'unsupported_media_type');
  if (schema?.body || schema?.params || schema?.querystring || schema?.headers) {
    codes.push('invalid_input');
  }
  if (schema?.params) codes.push('not_found');
  const opened = (schema?.security ?? []).flatMap((each) => Object.keys(each));
  if (opened.length > 0) codes.push('unauthorized', 'store_unavailable');
  if (opened.includes('operator')) codes.push('redis_unavailable');
  if (opened.includes('operator') && verb !== 'GET') codes.push('forged_request');
  return [...new Set([...codes, ...(config?.errors ?? [])])];
}

/** One response per status, with an example of each code. */
function errorResponses(codes: readonly ErrorCode[], type: string) {
  const schema = { $ref: '#/components/schemas/Problem' };
  const byStatus = Map.groupBy(codes, (code) => ERROR_CODES[code].status);
  const entries = [...byStatus].map(([status, group]) => {
    const names = group.map((code) => `\`${code}\``).join(', ');
    const examples = Object.fromEntries(
      group.map((code) => [code, { $ref: `#/components/examples/${code}` }]),
    );
    const problem = { 'application/problem+json': { schema, examples } };
    // an address that is longer than any token never reaches its page
    const content =
      type === 'text/html' ? { [type]: pageSchema, ...(status === 404 && problem) } : problem;
    return [status, { description: `${STATUS_CODES[status]}: ${names}`, content }] as const;
  });
  return Object.fromEntries(entries);
}

const pageSchema = { schema: { type: 'string' } };

function headersOf(status: string): object {
  // answered before there is a request
  if (status === '408' || status === '431') return {};
  if (status === '429' || status === '503') return { ...REQUEST_ID, ...RETRY_AFTER };
  if (status === '201' || status === '302') return { ...REQUEST_ID, ...LOCATION };
  return REQUEST_ID;
}
