/**
 * The tagged structure, for screen readers and for copying in reading order. Each part of the document is a branch: an
 * element below the document, with all its descendants. A branch is written when all of it is drawn, and then forgotten.
 * pdfkit's own structure keeps every element in memory until the end.
 */
import { AlmanacError } from '../../domain/errors.ts';
import type { Reference } from '../pdfkit-insides.ts';
import { createNumberTree } from './number-tree.ts';
import type { ObjectPacker } from './object-packer.ts';

export interface Element {
  id: number;
  type: string;
  parent: number;
  kids: string[];
  page: number | null;
  /** further entries of the dictionary, exactly as written to the file */
  entries: string;
  branch: Branch;
}

/** Elements that are written together, since only a finished drawing knows what each of them holds. */
interface Branch {
  elements: Element[];
  written: boolean;
}

/** A page's part in the structure. */
export interface PageMarks {
  pageId: number;
  /** the page's key in the parent tree */
  key: number;
  /** ids of elements, by marked content id */
  owners: number[];
}

export interface StructureTree {
  /** @param parent null: the document itself; the element then begins a branch */
  element(type: string, parent: Element | null, entries?: string): Element;
  newPage(pageId: number): PageMarks;
  /** @returns the marked content id of the element's next content on the page */
  mark(element: Element, marks: PageMarks): number;
  /** makes an annotation part of an element. @returns its key in the parent tree */
  attach(element: Element, annotationId: number, pageId: number): number;
  endPage(marks: PageMarks): void;
  /** writes a branch, after its last page. Content that comes later for it is refused with AlmanacError `render` */
  write(branch: Branch): void;
  /** @param language BCP 47 @returns the tree's root */
  finish(language: string): Reference;
}

export function createStructureTree(objects: ObjectPacker): StructureTree {
  const { allocate, refer, write } = objects;
  const root = refer();
  const book = allocate();
  const bookKids: number[] = [];
  const parentTree = createNumberTree(objects);

  function give(element: Element, kid: string): void {
    if (element.branch.written) {
      const message = `a ${element.type} is already written and cannot get more content`;
      throw new AlmanacError('render', message);
    }
    element.kids.push(kid);
  }

  return {
    element(type, parent, entries = '') {
      const id = allocate();
      const branch = parent?.branch ?? { elements: [], written: false };
      if (parent === null) bookKids.push(id);
      else give(parent, `${id} 0 R`);
      const element = {
        id,
        type,
        parent: parent?.id ?? book,
        kids: [],
        page: null,
        entries,
        branch,
      };
      branch.elements.push(element);
      return element;
    },
    newPage: (pageId) => ({ pageId, key: parentTree.reserve(), owners: [] }),
    mark(element, marks) {
      const mcid = marks.owners.length;
      element.page ??= marks.pageId;
      const here = element.page === marks.pageId;
      give(element, here ? String(mcid) : `<</Type/MCR/Pg ${marks.pageId} 0 R/MCID ${mcid}>>`);
      marks.owners.push(element.id);
      return mcid;
    },
    attach(element, annotationId, pageId) {
      give(element, `<</Type/OBJR/Obj ${annotationId} 0 R/Pg ${pageId} 0 R>>`);
      const key = parentTree.reserve();
      parentTree.set(key, `${element.id} 0 R`);
      return key;
    },
    endPage({ key, owners }) {
      parentTree.set(key, `[${owners.map((id) => `${id} 0 R`).join(' ')}]`);
    },
    write(branch) {
      for (const { id, type, parent, kids, page, entries } of branch.elements) {
        const pg = page === null ? '' : `/Pg ${page} 0 R`;
        write(id, `<</S/${type}/P ${parent} 0 R${pg}${entries}/K[${kids.join(' ')}]>>`);
      }
      branch.written = true;
      branch.elements = [];
    },
    finish(language) {
      const kids = bookKids.map((id) => `${id} 0 R`).join(' ');
      write(book, `<</S/Document/P ${root.id} 0 R/Lang(${language})/K[${kids}]>>`);
      const parents = `/ParentTree ${parentTree.finish()} 0 R/ParentTreeNextKey ${parentTree.size()}`;
      write(root.id, `<</Type/StructTreeRoot/K[${book} 0 R]${parents}>>`);
      return root;
    },
  };
}

/** For trial layouts: its elements are never written. */
export function trialTree(): Pick<StructureTree, 'element'> {
  return {
    element: (type) => {
      const branch = { elements: [], written: false };
      return { id: 0, type, parent: 0, kids: [], page: null, entries: '', branch };
    },
  };
}
