/** Stripe's wire format: `a[b][0][c]=1`, form-encoded. */
import { isObject } from '../wire/messages.ts';

export interface Fields {
  [name: string]: string | Fields;
}

/** Arrays become objects with their indices as names; `[]` counts up. */
export function parseForm(text: string): Fields {
  const fields: Fields = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split(/\[|\]\[|\]/).filter((part, at, all) => at < all.length - 1 || part);
    put(fields, path, value);
  }
  return fields;
}

function put(fields: Fields, path: string[], value: string): void {
  const [first = '', ...rest] = path;
  const name = first === '' ? String(Object.keys(fields).length) : first;
  if (rest.length === 0) {
    fields[name] = value;
    return;
  }
  const below = fields[name];
  const inner: Fields = isObject(below) ? below : {};
  fields[name] = inner;
  put(inner, rest, value);
}

export function textOf(fields: Fields, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

export function fieldsOf(fields: Fields, name: string): Fields {
  const value = fields[name];
  return isObject(value) ? value : {};
}

export function listOf(fields: Fields, name: string): (string | Fields)[] {
  return Object.values(fieldsOf(fields, name));
}

/** Only flat string values, because metadata may hold nothing else. */
export function metadataOf(fields: Fields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fieldsOf(fields, 'metadata')).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string',
    ),
  );
}
