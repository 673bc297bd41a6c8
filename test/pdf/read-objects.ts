/**
 * Reads the objects of a PDF that the renderer wrote, to look at what text readers hide: the tagged structure, its parent
 * tree, the metadata. All objects that are not streams are in object streams, so there is nothing else to understand.
 */
import { readFile } from 'node:fs/promises';
import { inflateSync } from 'node:zlib';

export interface Ref {
  ref: number;
}
export interface Dict {
  [name: string]: Value | undefined;
}
/** names begin with a slash; strings are their bytes in Latin-1 */
export type Value = number | string | Ref | Dict | Value[];

export interface Paper {
  catalogue: Dict;
  /** @returns the object that a reference means, or the value itself */
  get(value: Value | undefined): Value | undefined;
  dict(value: Value | undefined): Dict;
  list(value: Value | undefined): Value[];
  /** a stream's content, unpacked, in Latin-1 */
  content(value: Value | undefined): string;
}

const TOKEN =
  /\s*(<<|>>|\[|\]|\((?:\\[\s\S]|[^\\()])*\)|<[0-9A-Fa-f]*>|\/[^\s<>[\]()/]*|[^\s<>[\]()/]+)/y;
const STREAM = /(\d+) 0 obj\n(<<[\s\S]*?>>)\nstream\n/g;

export async function readPaper(file: string): Promise<Paper> {
  const bytes = await readFile(file);
  const text = bytes.toString('latin1');
  const objects = new Map<number, string>();
  const streams = new Map<number, Buffer>();
  let catalogue: Value | undefined;
  STREAM.lastIndex = 0;
  for (let found = STREAM.exec(text); found !== null; found = STREAM.exec(text)) {
    const head = asDict(parse(found[2] ?? ''));
    const from = STREAM.lastIndex;
    STREAM.lastIndex = from + Number(head.Length);
    const stored = bytes.subarray(from, STREAM.lastIndex);
    if (head.Type === '/XRef') catalogue = head.Root;
    const body =
      head.Filter === '/FlateDecode' && head.Type !== '/XRef' ? inflateSync(stored) : stored;
    if (head.Type === '/ObjStm') unpack(body.toString('latin1'), head, objects);
    else streams.set(Number(found[1]), body);
  }

  const get = (value: Value | undefined): Value | undefined =>
    isRef(value) ? parse(objects.get(value.ref) ?? 'null') : value;
  return {
    catalogue: asDict(get(catalogue)),
    get,
    dict: (value) => asDict(get(value)),
    list: (value) => {
      const found = get(value);
      if (found === undefined) return [];
      return Array.isArray(found) ? found : [found];
    },
    content: (value) => (isRef(value) ? (streams.get(value.ref)?.toString('latin1') ?? '') : ''),
  };
}

export function isRef(value: Value | undefined): value is Ref {
  return typeof value === 'object' && 'ref' in value && typeof value.ref === 'number';
}

function asDict(value: Value | undefined): Dict {
  if (typeof value !== 'object' || Array.isArray(value) || isRef(value)) {
    throw new Error(`expected a dictionary, found ${JSON.stringify(value)}`);
  }
  return value;
}

function unpack(body: string, head: Dict, objects: Map<number, string>): void {
  const first = Number(head.First);
  const index = body.slice(0, first).trim().split(/\s+/).map(Number);
  for (let at = 0; at < index.length; at += 2) {
    const end = index[at + 3];
    const until = end === undefined ? body.length : first + end;
    objects.set(index[at] ?? 0, body.slice(first + (index[at + 1] ?? 0), until));
  }
}

function parse(text: string): Value | undefined {
  TOKEN.lastIndex = 0;
  const next = () => TOKEN.exec(text)?.[1];

  function until(end: string | undefined): Value[] {
    const values: Value[] = [];
    for (let token = next(); token !== end && token !== undefined; token = next()) {
      if (token === '<<') {
        const pairs = until('>>');
        const dict: Dict = {};
        for (let at = 0; at < pairs.length; at += 2) {
          dict[String(pairs[at]).slice(1)] = pairs[at + 1];
        }
        values.push(dict);
      } else if (token === '[') {
        values.push(until(']'));
      } else if (token === 'R') {
        const [id] = values.splice(-2);
        values.push({ ref: Number(id) });
      } else {
        values.push(scalar(token));
      }
    }
    return values;
  }
  return until(undefined)[0];
}

function scalar(token: string): Value {
  if (token.startsWith('(')) return token.slice(1, -1).replace(/\\([\s\S])/g, '$1');
  if (token.startsWith('<')) return Buffer.from(token.slice(1, -1), 'hex').toString('latin1');
  const number = Number(token);
  return Number.isNaN(number) ? token : number;
}
