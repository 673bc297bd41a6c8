/**
 * The tagged structure, for screen readers and for copying in reading order. Elements are written as soon as their part
 * is finished. pdfkit's own structure keeps every element in memory until the end.
 */
import type { Reference } from '../pdfkit-insides.ts';
import type { ObjectPacker } from './object-packer.ts';

export interface Element {
  id: number;
  type: string;
  parent: number;
  kids: string[];
  page: number | null;
  /** further entries of the dictionary, exactly as written to the file */
  entries: string;
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
  /** @param parent null: the document itself */
  element(type: string, parent: Element | null, entries?: string): Element;
  newPage(pageId: number): PageMarks;
  /** @returns the marked content id of the element's next content on the page */
  mark(element: Element, marks: PageMarks): number;
  /** makes an annotation part of an element. @returns its key in the parent tree */
  attach(element: Element, annotationId: number, pageId: number): number;
  endPage(marks: PageMarks): void;
  /** writes the elements made since the last call */
  flush(): void;
  /** @param language BCP 47 @returns the tree's root */
  finish(language: string): Reference;
}

export function createStructureTree({ allocate, refer, write }: ObjectPacker): StructureTree {
  const root = refer();
  const book = allocate();
  const bookKids: number[] = [];
  const parentTree: string[] = [];
  let open: Element[] = [];

  return {
    element(type, parent, entries = '') {
      const id = allocate();
      const element = { id, type, parent: parent?.id ?? book, kids: [], page: null, entries };
      if (parent === null) bookKids.push(id);
      else parent.kids.push(`${id} 0 R`);
      open.push(element);
      return element;
    },
    newPage(pageId) {
      const key = parentTree.length;
      parentTree.push(''); // reserves the place; the owners follow at the end of the page
      return { pageId, key, owners: [] };
    },
    mark(element, marks) {
      const mcid = marks.owners.length;
      marks.owners.push(element.id);
      element.page ??= marks.pageId;
      element.kids.push(
        element.page === marks.pageId
          ? String(mcid)
          : `<</Type/MCR/Pg ${marks.pageId} 0 R/MCID ${mcid}>>`,
      );
      return mcid;
    },
    attach(element, annotationId, pageId) {
      element.kids.push(`<</Type/OBJR/Obj ${annotationId} 0 R/Pg ${pageId} 0 R>>`);
      parentTree.push(`${element.id} 0 R`);
      return parentTree.length - 1;
    },
    endPage(marks) {
      parentTree[marks.key] = `[${marks.owners.map((id) => `${id} 0 R`).join(' ')}]`;
    },
    flush() {
      for (const { id, type, parent, kids, page, entries } of open) {
        const pg = page === null ? '' : `/Pg ${page} 0 R`;
        write(id, `<</S/${type}/P ${parent} 0 R${pg}${entries}/K[${kids.join(' ')}]>>`);
      }
      open = [];
    },
    finish(language) {
      const tree = allocate();
      const nums = parentTree.map((owners, key) => `${key} ${owners}`).join('\n');
      const kids = bookKids.map((id) => `${id} 0 R`).join(' ');
      write(book, `<</S/Document/P ${root.id} 0 R/Lang(${language})/K[${kids}]>>`);
      write(tree, `<</Nums[${nums}]>>`);
      write(
        root.id,
        `<</Type/StructTreeRoot/K[${book} 0 R]/ParentTree ${tree} 0 R/ParentTreeNextKey ${parentTree.length}>>`,
      );
      return root;
    },
  };
}

/** For trial layouts: its elements are never written. */
export function trialTree(): Pick<StructureTree, 'element'> {
  return {
    element: (type) => ({ id: 0, type, parent: 0, kids: [], page: null, entries: '' }),
  };
}
