/** Lists with Stripe's paging: newest first, by cursor. */
import { stripeFault } from './objects.ts';

interface Listed {
  id: string;
  created: number;
}

const DEFAULT_LIMIT = 10;
const MOST_LIMIT = 100;

/** @param query `limit`, `starting_after`, `ending_before`, `created[gte]` and the like */
export function page<T extends Listed>(items: Iterable<T>, query: URLSearchParams, url: string) {
  const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_LIMIT) {
    throw stripeFault(400, `Invalid limit: must be 1 to ${MOST_LIMIT}.`, { param: 'limit' });
  }
  // inserted in time order: the last one is the newest, even within one second
  const all = [...items].reverse().filter((item) => isWithin(item.created, query));
  const after = query.get('starting_after');
  const before = query.get('ending_before');
  if (before !== null) {
    const end = indexOf(all, before, 'ending_before');
    const start = Math.max(0, end - limit);
    return { object: 'list', url, has_more: start > 0, data: all.slice(start, end) };
  }
  const start = after === null ? 0 : indexOf(all, after, 'starting_after') + 1;
  const data = all.slice(start, start + limit);
  return { object: 'list', url, has_more: start + limit < all.length, data };
}

function indexOf(items: Listed[], id: string, param: string): number {
  const index = items.findIndex((item) => item.id === id);
  if (index < 0)
    throw stripeFault(400, `No such object: '${id}'`, { code: 'resource_missing', param });
  return index;
}

function isWithin(created: number, query: URLSearchParams): boolean {
  const bound = (name: string): number | null => {
    const value = query.get(`created[${name}]`);
    return value === null ? null : Number(value);
  };
  const [gte, gt, lte, lt, exact] = [
    ...['gte', 'gt', 'lte', 'lt'].map(bound),
    query.get('created'),
  ];
  return (
    (gte == null || created >= Number(gte)) &&
    (gt == null || created > Number(gt)) &&
    (lte == null || created <= Number(lte)) &&
    (lt == null || created < Number(lt)) &&
    (exact == null || created === Number(exact))
  );
}
