/** A balanced number tree (ISO 32000-1, 7.9.7): finds a key's value in a few steps. Full leaves are written at once. */
import { AlmanacError } from '../../domain/errors.ts';
import type { ObjectPacker } from './object-packer.ts';

export interface NumberTree {
  /** @returns the next key, from 0; its value may follow later */
  reserve(): number;
  /** @param value a PDF object, exactly as written to the file */
  set(key: number, value: string): void;
  /** keys reserved so far */
  size(): number;
  /** Writes the rest. @returns the root's object id. @throws AlmanacError `render` if a key has no value */
  finish(): number;
}

/** Entries of a leaf, and children of a node. A long book has some 6,000 keys: three levels. */
const TOGETHER = 64;

interface Node {
  id: number;
  first: number;
  last: number;
}

export function createNumberTree({ allocate, write }: ObjectPacker): NumberTree {
  const leaves: Node[] = [];
  let waiting: (string | undefined)[] = [];
  let first = 0;

  /** @param only the tree's one node, which is its root: a root has no limits */
  function writeLeaf(values: readonly (string | undefined)[], only: boolean): void {
    const nums = values.map((value, index) => {
      if (value !== undefined) return `${first + index} ${value}`;
      throw new AlmanacError('render', `the parent tree has no value for ${first + index}`);
    });
    const leaf = { id: allocate(), first, last: first + values.length - 1 };
    write(leaf.id, `<<${only ? '' : limitsOf([leaf])}/Nums[${nums.join('\n')}]>>`);
    leaves.push(leaf);
    first += values.length;
  }

  function writeParents(nodes: readonly Node[]): Node[] {
    const parents: Node[] = [];
    const groups = Math.ceil(nodes.length / TOGETHER);
    for (let group = 0; group < groups; group += 1) {
      // groups of equal size: no node has only a few children
      const from = Math.round((group * nodes.length) / groups);
      const children = nodes.slice(from, Math.round(((group + 1) * nodes.length) / groups));
      const parent = { id: allocate(), ...spanOf(children) };
      const kids = children.map(({ id }) => `${id} 0 R`).join(' ');
      write(parent.id, `<<${groups === 1 ? '' : limitsOf(children)}/Kids[${kids}]>>`);
      parents.push(parent);
    }
    return parents;
  }

  return {
    reserve() {
      waiting.push(undefined);
      return first + waiting.length - 1;
    },
    set(key, value) {
      waiting[key - first] = value;
      // one more than a leaf holds: the last leaf, which may be the root, is for `finish`
      while (waiting.length > TOGETHER && !waiting.slice(0, TOGETHER).includes(undefined)) {
        writeLeaf(waiting.slice(0, TOGETHER), false);
        waiting = waiting.slice(TOGETHER);
      }
    },
    size: () => first + waiting.length,
    finish() {
      writeLeaf(waiting, leaves.length === 0);
      waiting = [];
      let nodes: readonly Node[] = leaves;
      while (nodes.length > 1) nodes = writeParents(nodes);
      return nodes[0]?.id ?? 0;
    },
  };
}

function spanOf(nodes: readonly Node[]): { first: number; last: number } {
  return { first: nodes[0]?.first ?? 0, last: nodes.at(-1)?.last ?? 0 };
}

function limitsOf(nodes: readonly Node[]): string {
  const { first, last } = spanOf(nodes);
  return `/Limits[${first} ${last}]`;
}
