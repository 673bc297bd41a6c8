/** Leaves each type in the document once, and only those that something refers to. */
import type { Spec } from './openapi-spec.ts';

const PREFIX = '#/components/schemas/';
/** The generator writes every type twice, as read and as sent; the second has this at its end. */
const SENT = 'Input';

export function tidyComponents(spec: Spec): void {
  const { schemas } = spec.components;
  const same = (id: string): boolean =>
    JSON.stringify(withoutSuffix(schemas[id])) ===
    JSON.stringify(withoutSuffix(schemas[id + SENT]));
  let used = reachable(spec);
  const renamed = new Map<string, string>();
  for (const id of Object.keys(schemas)) {
    if (!id.endsWith(SENT)) continue;
    const plain = id.slice(0, -SENT.length);
    // one of both is in use, or both say the same
    if (!used.has(plain) || same(plain)) renamed.set(id, plain);
  }
  const source = Object.fromEntries(Object.entries(schemas));
  for (const [id, plain] of renamed) {
    if (used.has(id) && !used.has(plain)) schemas[plain] = source[id] ?? {};
    delete schemas[id];
  }
  redirect(spec, renamed);
  used = reachable(spec);
  for (const id of Object.keys(schemas)) if (!used.has(id)) delete schemas[id];
}

/** Ids of all schemas that the paths refer to, directly or through others. */
function reachable({ paths, components: { schemas } }: Spec): Set<string> {
  const found = new Set<string>();
  const waiting = refsIn(paths);
  for (const id of waiting) {
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...refsIn(schemas[id]));
  }
  return found;
}

function refsIn(part: unknown): string[] {
  const text = JSON.stringify(part) ?? '';
  return [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, id]) => id ?? '');
}

function redirect(part: unknown, renamed: ReadonlyMap<string, string>): void {
  if (typeof part !== 'object' || part === null) return;
  for (const [key, value] of Object.entries(part)) {
    if (key === '$ref' && typeof value === 'string' && value.startsWith(PREFIX)) {
      const id = value.slice(PREFIX.length);
      Object.assign(part, { $ref: PREFIX + (renamed.get(id) ?? id) });
    } else redirect(value, renamed);
  }
}

function withoutSuffix(schema: unknown): unknown {
  const text = JSON.stringify(schema ?? null);
  return JSON.parse(text.replace(/("#\/components\/schemas\/[^"]+?)Input"/g, '$1"'));
}
