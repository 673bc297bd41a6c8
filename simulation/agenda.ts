/** What is due when: a binary heap, earliest first; at equal times, the one added first. */

export interface Agenda {
  /** @returns an id; ids only grow */
  add(at: number, go: () => void): number;
  remove(id: number): void;
  /** @returns the earliest time; infinity if nothing is due */
  next(): number;
  /** Runs what is due, but not what is added meanwhile. @returns how many */
  fire(now: number): number;
}

interface Entry {
  at: number;
  id: number;
  go(): void;
}

export function createAgenda(): Agenda {
  const heap: Entry[] = [];
  const live = new Set<number>();
  let last = 0;

  const before = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.id < b.id);

  function push(entry: Entry): void {
    let index = heap.length;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = heap[above];
      if (!parent || !before(entry, parent)) break;
      heap[index] = parent;
      index = above;
    }
    heap[index] = entry;
  }

  function pop(): Entry | undefined {
    const [first] = heap;
    const entry = heap.pop();
    if (!first || !entry || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      const left = heap[2 * index + 1];
      const right = heap[2 * index + 2];
      const side = left && right && before(right, left) ? 2 : 1;
      const child = side === 2 ? right : left;
      if (!child || !before(child, entry)) break;
      heap[index] = child;
      index = 2 * index + side;
    }
    heap[index] = entry;
    return first;
  }

  function first(): Entry | undefined {
    while (heap[0] && !live.has(heap[0].id)) pop(); // removed meanwhile
    return heap[0];
  }

  return {
    add(at, go) {
      last += 1;
      live.add(last);
      push({ at, id: last, go });
      return last;
    },
    remove: (id) => void live.delete(id),
    next: () => first()?.at ?? Number.POSITIVE_INFINITY,
    fire(now) {
      const due: Entry[] = [];
      for (let entry = first(); entry && entry.at <= now; entry = first()) {
        due.push(entry);
        pop();
      }
      for (const { id, go } of due) if (live.delete(id)) go();
      return due.length;
    },
  };
}
