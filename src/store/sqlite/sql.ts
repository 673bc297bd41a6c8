/** Translates the store's conditions to SQL over JSON documents. */
import {
  type Condition,
  type Conditions,
  type Find,
  isScalar,
  type Scalar,
  type Shape,
  splitKey,
  type Update,
} from '../documents.ts';

/**
 * The text depends only on fields and limits, never on values, so it can be prepared once and kept.
 * A limit is not a parameter: SQLite looks at its value, and prepares the statement again for each.
 */
export interface Sql {
  text: string;
  values: (string | number | null)[];
}

const COMPARISONS = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

/** Indexes are made over exactly this expression, or SQLite would not use them. */
function column(field: string): string {
  return `doc ->> '$.${field}'`;
}

export function createTable(shape: Shape): string[] {
  return [
    `CREATE TABLE IF NOT EXISTS ${shape.name} (key TEXT PRIMARY KEY, doc TEXT NOT NULL) STRICT`,
    ...shape.indexes.map(
      (fields) =>
        `CREATE INDEX IF NOT EXISTS ${shape.name}_${fields.join('_')} ` +
        `ON ${shape.name} (${fields.map(column).join(', ')})`,
    ),
  ];
}

export function insertSql(shape: Shape, key: string, document: object): Sql {
  return {
    text: `INSERT INTO ${shape.name} (key, doc) VALUES (?, ?) ON CONFLICT (key) DO NOTHING`,
    values: [key, JSON.stringify(document)],
  };
}

export function updateSql({ shape, where, set, inc }: Update): Sql {
  const changes: Sql[] = [
    ...Object.entries(set).map(([field, value]) => ({
      text: `'$.${field}', json(?)`,
      values: [JSON.stringify(value)],
    })),
    ...Object.entries(inc).map(([field, by]) => ({
      text: `'$.${field}', coalesce(${column(field)}, 0) + CAST(? AS INTEGER)`,
      values: [by],
    })),
  ];
  const filter = whereSql(shape, where);
  // the key is unique; other conditions may match several rows, and only one is changed
  const one = `(SELECT key FROM ${shape.name}${filter.text} LIMIT 1)`;
  const doc = ['doc', ...changes.map((change) => change.text)].join(', ');
  return {
    text: `UPDATE ${shape.name} SET doc = json_set(${doc}) WHERE key = ${one} RETURNING doc`,
    values: [...changes.flatMap((change) => change.values), ...filter.values],
  };
}

export function removeSql(shape: Shape, where: Conditions, limit: number): Sql {
  const filter = whereSql(shape, where);
  const some = `(SELECT key FROM ${shape.name}${filter.text} LIMIT ${limit})`;
  return {
    text: `DELETE FROM ${shape.name} WHERE key IN ${some} RETURNING key`,
    values: filter.values,
  };
}

export function findSql(shape: Shape, { where, sort, limit, after, only }: Find): Sql {
  const filter = whereSql(shape, where, after ? [afterSql(sort, after)] : []);
  const order = sort.length > 0 ? ` ORDER BY ${sort.map(column).join(', ')}` : '';
  return {
    text: `SELECT ${only ? column(only) : 'doc'} AS found FROM ${shape.name}${filter.text}${order} LIMIT ${limit ?? -1}`,
    values: filter.values,
  };
}

function afterSql(sort: readonly string[], after: readonly Scalar[]): Sql {
  const marks = after.map(() => '?').join(', ');
  return {
    text: `(${sort.map(column).join(', ')}) > (${marks})`,
    values: after.map(parameter),
  };
}

function whereSql(shape: Shape, where: Conditions, more: Sql[] = []): Sql {
  const { key, rest } = splitKey(shape, where);
  const parts = [
    ...(key === null ? [] : [{ text: 'key = ?', values: [key] }]),
    ...rest.flatMap(([field, condition]) => conditionSql(field, condition)),
    ...more,
  ];
  if (parts.length === 0) return { text: '', values: [] };
  return {
    text: ` WHERE ${parts.map((part) => part.text).join(' AND ')}`,
    values: parts.flatMap((part) => part.values),
  };
}

function conditionSql(field: string, condition: Condition): Sql[] {
  if (condition === null) return [{ text: `${column(field)} IS NULL`, values: [] }];
  if (isScalar(condition)) {
    return [{ text: `${column(field)} = ?`, values: [parameter(condition)] }];
  }
  if ('in' in condition) {
    return [
      {
        text: `${column(field)} IN (SELECT value FROM json_each(?))`,
        values: [JSON.stringify(condition.in)],
      },
    ];
  }
  return Object.entries(condition).map(([comparison, value]) => ({
    text: `${column(field)} ${COMPARISONS[comparison as keyof typeof COMPARISONS]} ?`,
    values: [parameter(value)],
  }));
}

/** SQLite's JSON reads true and false as 1 and 0. */
function parameter(value: Scalar): string | number | null {
  return typeof value === 'boolean' ? Number(value) : value;
}
