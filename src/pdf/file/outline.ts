/** The outline (bookmarks): collected while drawing, written at the end, collapsed below its first level. */
import type { Reference } from '../pdfkit-insides.ts';
import { utf16Hex } from '../type/embed-typeface.ts';
import type { ObjectPacker } from './object-packer.ts';

export interface Outline {
  add(title: string, level: number, pageId: number): void;
  /** Writes it. @returns its root; null without entries */
  finish(): Reference | null;
}

interface Entry {
  id: number;
  title: string;
  pageId: number;
  children: Entry[];
}

export function createOutline({ allocate, refer, write }: ObjectPacker): Outline {
  const top: Entry[] = [];
  return {
    add(title, level, pageId) {
      let among = top;
      for (let depth = 0; depth < level; depth += 1) {
        const parent = among.at(-1);
        if (parent === undefined) break; // a level is missing: the entry moves up
        among = parent.children;
      }
      among.push({ id: allocate(), title, pageId, children: [] });
    },
    finish() {
      const first = top[0];
      const last = top.at(-1);
      if (first === undefined || last === undefined) return null;
      const root = refer();
      write(
        root.id,
        `<</Type/Outlines/First ${first.id} 0 R/Last ${last.id} 0 R/Count ${top.length}>>`,
      );
      describe(top, root.id, write);
      return root;
    },
  };
}

function describe(entries: readonly Entry[], parent: number, write: ObjectPacker['write']): void {
  entries.forEach((entry, index) => {
    const before = entries[index - 1];
    const behind = entries[index + 1];
    const first = entry.children[0];
    const last = entry.children.at(-1);
    let body = `<</Title<FEFF${utf16Hex(entry.title)}>/Parent ${parent} 0 R/Dest[${entry.pageId} 0 R/Fit]`;
    if (before !== undefined) body += `/Prev ${before.id} 0 R`;
    if (behind !== undefined) body += `/Next ${behind.id} 0 R`;
    if (first !== undefined && last !== undefined) {
      // negative: collapsed until the reader opens it
      body += `/First ${first.id} 0 R/Last ${last.id} 0 R/Count ${-entry.children.length}`;
    }
    write(entry.id, `${body}>>`);
    describe(entry.children, entry.id, write);
  });
}
