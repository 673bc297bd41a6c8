/** Inputs for a route, from its own OpenAPI schema: valid, spoilt and hostile. */
import fc from 'fast-check';
import { z } from 'zod';

const parameter = z.object({
  in: z.enum(['path', 'query', 'header', 'cookie']),
  name: z.string(),
  schema: z.unknown(),
});
const operation = z.object({
  parameters: z.array(parameter).default([]),
  requestBody: z
    .object({ content: z.record(z.string(), z.object({ schema: z.unknown() })) })
    .optional(),
});
const document = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});
const schemaShape = z.looseObject({
  $ref: z.string().optional(),
  anyOf: z.array(z.unknown()).optional(),
  enum: z.array(z.unknown()).optional(),
  type: z.string().optional(),
  pattern: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
});

export interface Sent {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
}

/** Each of these has broken some server: control characters, paths, markup, queries, formats, lone surrogates. */
const HOSTILE = [
  '',
  '\u0000',
  '../../etc/passwd',
  '%2e%2e%2f',
  '%',
  '%00',
  '<script>alert(1)</script>',
  "' OR '1'='1",
  '{"$gt":""}',
  '__proto__',
  'constructor',
  '\ud800',
  '𝕬𝖉𝖆',
  'a'.repeat(5_000),
  '9'.repeat(400),
  '-1',
  '1e999',
  'null',
  '0000-00-00',
  '2024-02-30',
  '24:60',
];
export const hostile = fc.constantFrom(...HOSTILE);

/** @param openapi the document that the API serves */
export function arbitraryRequest(openapi: unknown): fc.Arbitrary<Sent> {
  const { paths, components } = document.parse(openapi);
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, each]) => ({
      path,
      method: method.toUpperCase(),
      ...each,
    })),
  );

  function arbitraryOf(given: unknown, depth = 0): fc.Arbitrary<unknown> {
    const schema = schemaShape.safeParse(given).data ?? {};
    if (depth > 6) return fc.jsonValue();
    if (schema.$ref)
      return arbitraryOf(components.schemas[schema.$ref.split('/').at(-1) ?? ''], depth + 1);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    if (schema.anyOf) return fc.oneof(...schema.anyOf.map((each) => arbitraryOf(each, depth + 1)));
    if (schema.properties) {
      const fields: Record<string, fc.Arbitrary<unknown>> = {};
      for (const [name, each] of Object.entries(schema.properties)) {
        fields[name] = spoilt(arbitraryOf(each, depth + 1));
      }
      return fc.record(fields, { requiredKeys: schema.required ?? [] });
    }
    if (schema.type === 'array')
      return fc.array(arbitraryOf(schema.items, depth + 1), { maxLength: 5 });
    if (schema.type === 'string' && schema.pattern?.startsWith('^\\d')) {
      return fc.stringMatching(new RegExp(schema.pattern));
    }
    if (schema.type === 'string') return fc.oneof(fc.string({ unit: 'binary' }), hostile);
    if (schema.type === 'number' || schema.type === 'integer')
      return fc.oneof(fc.integer(), fc.double());
    return fc.jsonValue();
  }

  return fc.constantFrom(...all).chain(({ path, method, parameters, requestBody }) => {
    const schema = requestBody?.content['application/json']?.schema;
    const json = fc.oneof(
      arbitraryOf(schema).map((value) => JSON.stringify(value)),
      fc.jsonValue().map((value) => JSON.stringify(value)),
      fc.string({ unit: 'binary' }),
      hostile,
    );
    return fc.record({
      method: fc.constant(method),
      path: filled(path, parameters, arbitraryOf),
      headers: headersOf(parameters, arbitraryOf),
      body: method === 'GET' ? fc.constant(undefined) : fc.option(json, { nil: undefined }),
    });
  });
}

type Inputs = z.infer<typeof parameter>[];
type ArbitraryOf = (schema: unknown) => fc.Arbitrary<unknown>;

function filled(path: string, parameters: Inputs, arbitraryOf: ArbitraryOf): fc.Arbitrary<string> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const inPath = fc.array(fc.oneof(fc.string({ unit: 'binary' }), hostile), {
    minLength: names.length,
    maxLength: names.length,
  });
  const inQuery = parameters.filter((each) => each.in === 'query');
  const query = fc.record(
    Object.fromEntries(inQuery.map((each) => [each.name, spoilt(arbitraryOf(each.schema))])),
    { requiredKeys: [] },
  );
  return fc.tuple(inPath, query).map(([values, asked]) => {
    const base = names.reduce(
      (made, name, at) => made.replace(`{${name}}`, () => encode(values[at] ?? '')),
      path,
    );
    const search = Object.entries(asked).map(([name, value]) => `${name}=${encode(String(value))}`);
    return search.length > 0 ? `${base}?${search.join('&')}` : base;
  });
}

function headersOf(
  parameters: Inputs,
  arbitraryOf: ArbitraryOf,
): fc.Arbitrary<Record<string, string>> {
  const own = parameters.filter((each) => each.in === 'header');
  const values = Object.fromEntries(own.map((each) => [each.name, arbitraryOf(each.schema)]));
  const common = {
    'content-type': fc.oneof(
      { weight: 5, arbitrary: fc.constant('application/json') },
      fc.constantFrom('text/plain', 'application/json; charset=x', ''),
    ),
    authorization: fc.oneof(hostile, fc.constant('Bearer ord_x.y'), fc.constant('Basic Og==')),
    cookie: fc.oneof(
      hostile,
      fc.constant('almanac_access=x; __Host-almanac_operator=9999999999999.x'),
    ),
  };
  return fc
    .record({ ...common, ...values }, { requiredKeys: ['content-type'] })
    .map((all) =>
      Object.fromEntries(
        Object.entries(all).map(([name, value]) => [
          name,
          String(value).replace(/[^\t\x20-\x7e]/g, '?'),
        ]),
      ),
    );
}

/** Mostly valid, now and then something else. */
function spoilt(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 6, arbitrary: value }, hostile, fc.jsonValue(), fc.constant(null));
}

/** A copy with one part, at any depth, replaced by something invalid. */
export function spoiltCopy(good: unknown): fc.Arbitrary<unknown> {
  if (typeof good !== 'object' || good === null) return fc.oneof(hostile, fc.jsonValue());
  const entries = Object.entries(good);
  if (entries.length === 0) return hostile;
  return fc.constantFrom(...entries).chain(([name, value]) => {
    return fc
      .oneof(spoiltCopy(value), hostile, fc.jsonValue())
      .map((changed) => (Array.isArray(good) ? [changed] : { ...good, [name]: changed }));
  });
}

/** A URL cannot contain lone surrogates. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()) || '%20';
}
