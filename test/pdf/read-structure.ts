/** Walks a PDF's tagged structure from its root, and the parent tree from its own, and says what each reaches. */
import { type Dict, isRef, type Paper, type Value } from './read-objects.ts';

export interface Content {
  /** object id of the page */
  page: number;
  mcid: number;
}
export interface StructureElement {
  id: number;
  type: string;
  entries: Dict;
  contents: Content[];
  /** object ids */
  annotations: number[];
  elements: StructureElement[];
}
export interface PaperPage {
  id: number;
  structParents: number;
  /** marked content ids, as drawn */
  mcids: number[];
  annotations: { id: number; entries: Dict }[];
}

export function pagesOf(paper: Paper): PaperPage[] {
  const collect = (node: Value): PaperPage[] => {
    const entries = paper.dict(node);
    if (entries.Type === '/Pages') return paper.list(entries.Kids).flatMap(collect);
    const drawn = paper.list(entries.Contents).map((part) => paper.content(part));
    const content = drawn.join('') || paper.content(entries.Contents);
    return [
      {
        id: idOf(node),
        structParents: Number(entries.StructParents),
        mcids: [...content.matchAll(/\/MCID (\d+)>> BDC/g)].map((found) => Number(found[1])),
        annotations: paper.list(entries.Annots).map((annotation) => ({
          id: idOf(annotation),
          entries: paper.dict(annotation),
        })),
      },
    ];
  };
  return collect(paper.catalogue.Pages ?? 0);
}

/** @throws when an element does not name its parent */
export function structureOf(paper: Paper): StructureElement {
  const root = paper.dict(paper.catalogue.StructTreeRoot);
  const read = (reference: Value, parent: number): StructureElement => {
    const id = idOf(reference);
    const entries = paper.dict(reference);
    if (idOf(entries.P) !== parent) throw new Error(`element ${id} does not name its parent`);
    const element: StructureElement = {
      id,
      type: String(entries.S).slice(1),
      entries,
      contents: [],
      annotations: [],
      elements: [],
    };
    for (const kid of paper.list(entries.K)) {
      if (typeof kid === 'number') {
        element.contents.push({ page: idOf(entries.Pg), mcid: kid });
        continue;
      }
      const known = isRef(kid) ? {} : paper.dict(kid);
      if (known.Type === '/MCR') {
        element.contents.push({ page: idOf(known.Pg), mcid: Number(known.MCID) });
      } else if (known.Type === '/OBJR') {
        element.annotations.push(idOf(known.Obj));
      } else {
        element.elements.push(read(kid, id));
      }
    }
    return element;
  };
  const [book, ...others] = paper.list(root.K);
  if (book === undefined || others.length > 0) throw new Error('the root has not one child');
  return read(book, idOf(paper.catalogue.StructTreeRoot));
}

/** The element and its descendants, in reading order. */
export function allOf(element: StructureElement): StructureElement[] {
  return [element, ...element.elements.flatMap(allOf)];
}

export interface ParentTree {
  /** by key: ids of elements, one per marked content of a page, or one for an annotation */
  owners: Map<number, number[]>;
  nextKey: number;
  /** of every leaf */
  depths: number[];
  /** most entries or children of one node */
  widest: number;
}

/** @throws when a node's limits are not those of its keys, or keys are out of order */
export function parentTreeOf(paper: Paper): ParentTree {
  const root = paper.dict(paper.catalogue.StructTreeRoot);
  const tree: ParentTree = {
    owners: new Map(),
    nextKey: Number(root.ParentTreeNextKey),
    depths: [],
    widest: 0,
  };
  const read = (reference: Value | undefined, depth: number): number[] => {
    const node = paper.dict(reference);
    const kids = paper.list(node.Kids);
    const nums = paper.list(node.Nums);
    tree.widest = Math.max(tree.widest, kids.length, nums.length / 2);
    const keys = kids.flatMap((kid) => read(kid, depth + 1));
    for (let at = 0; at < nums.length; at += 2) {
      keys.push(Number(nums[at]));
      tree.owners.set(Number(nums[at]), paper.list(ownerList(nums[at + 1])).map(idOf));
    }
    if (kids.length === 0) tree.depths.push(depth);
    const limits = depth === 0 ? undefined : [keys[0], keys.at(-1)];
    if (JSON.stringify(node.Limits) !== JSON.stringify(limits)) {
      throw new Error(`a node of ${keys[0]} to ${keys.at(-1)} says ${JSON.stringify(node.Limits)}`);
    }
    return keys;
  };
  const keys = read(root.ParentTree, 0);
  if (keys.some((key, index) => key !== index)) throw new Error('keys are missing or out of order');
  return tree;
}

/** An annotation's owner is not in a list. */
function ownerList(value: Value | undefined): Value[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function idOf(value: Value | undefined): number {
  if (!isRef(value)) throw new Error(`expected a reference, found ${JSON.stringify(value)}`);
  return value.ref;
}
