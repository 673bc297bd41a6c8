/** Holds each answer of the API to the API's own document: status, code and body. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

const mediaSchema = z.object({
  schema: z.looseObject({}),
  examples: z.record(z.string(), z.object({ $ref: z.string() })).optional(),
});
const operationSchema = z.object({
  operationId: z.string(),
  tags: z.array(z.string()),
  parameters: z.array(z.object({ in: z.string(), name: z.string() })).default([]),
  security: z.array(z.record(z.string(), z.unknown())).default([]),
  responses: z.record(
    z.string(),
    z.object({
      content: z.record(z.string(), mediaSchema).optional(),
      headers: z.record(z.string(), z.unknown()),
    }),
  ),
});
const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({
    schemas: z.record(z.string(), z.looseObject({})),
    examples: z.record(z.string(), z.object({ value: z.unknown() })),
  }),
});
export type Operation = z.infer<typeof operationSchema> & { path: string; method: string };
export interface Answer {
  status: number;
  /** as in Content-Type */
  type: string;
  body: string;
}

const ID = 'https://almanac.example/document';

export interface Answers {
  operations: Operation[];
  schemas: Record<string, Record<string, unknown>>;
  /** by error code */
  examples: Record<string, { value?: unknown }>;
  /** @returns what is wrong with the value by a schema of the document; empty when nothing is */
  faultsBy(schema: object, value: unknown): string;
  /** @throws Error when the document does not have this answer; what it does not document is left alone */
  check(method: string, url: string, answer: Answer): void;
}

export function readAnswers(app: FastifyInstance): Answers {
  const document = documentSchema.parse(JSON.parse(JSON.stringify(app.swagger())));
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, each]) => ({
      ...each,
      path,
      method: method.toUpperCase(),
    })),
  );
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  const { schemas, examples } = document.components;
  ajv.addSchema({ $id: ID, components: { schemas } });
  const compiled = new Map<string, ValidateFunction>();

  function faultsBy(schema: object, value: unknown): string {
    const text = JSON.stringify(schema).replaceAll('"#/', `"${ID}#/`);
    const validate = compiled.get(text) ?? ajv.compile(JSON.parse(text));
    compiled.set(text, validate);
    return validate(value) ? '' : ajv.errorsText(validate.errors);
  }

  return {
    operations,
    schemas,
    examples,
    faultsBy,
    check(method, url, answer) {
      const operation = operations.find((each) => each.method === method && fits(each.path, url));
      if (operation === undefined) return;
      const where = `${method} ${operation.path} answered ${answer.status}`;
      const response = operation.responses[answer.status];
      if (response === undefined)
        throw new Error(`${where}, which the document lacks: ${answer.body}`);
      if (response.content === undefined) {
        if (answer.body !== '') throw new Error(`${where} with a body: ${answer.body}`);
        return;
      }
      const media = response.content[answer.type];
      if (media === undefined)
        throw new Error(`${where} as ${answer.type}, which the document lacks`);
      if (!answer.type.includes('json')) return;
      const value: unknown = JSON.parse(answer.body);
      const faults = faultsBy(media.schema, value);
      if (faults !== '') throw new Error(`${where} otherwise than the document says: ${faults}`);
      const { code } = z.object({ code: z.string().optional() }).parse(value);
      if (media.examples && !(code && code in media.examples)) {
        throw new Error(`${where} with the code ${code}, which the document lacks`);
      }
    },
  };
}

function fits(path: string, url: string): boolean {
  const [given = ''] = url.split('?');
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(given);
}

export function typeOf(header: string | null | undefined): string {
  return (header ?? '').split(';')[0] ?? '';
}
