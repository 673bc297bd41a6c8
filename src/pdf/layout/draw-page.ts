/** Draws laid-out boxes on a page of the PDF, with running head, page number, links and tags. */
import type { Part } from '../../domain/document.ts';
import { AlmanacError } from '../../domain/errors.ts';
import { createPageContent, number } from '../file/page-content.ts';
import type { StructureTree } from '../file/structure-tree.ts';
import { FRAMES, FURNITURE, PAGE, type TextStyle } from '../house-style.ts';
import type { DocumentInsides, PageInsides, Reference } from '../pdfkit-insides.ts';
import type { FontSet } from '../type/font-set.ts';
import { breakLines, settingOf } from '../type/set-text.ts';
import type { DrawnPage } from './box.ts';
import { drawCoverGround } from './cover.ts';
import type { Placed } from './paginate.ts';

export interface Drawer {
  /** @returns the page's object id */
  page(part: Part, placed: readonly Placed[], first: boolean): number;
  drawn(): number;
  /** completes what the pages share. @throws AlmanacError `render` for a link to a part that does not exist */
  finish(): void;
}

export interface DrawerParts {
  out: DocumentInsides;
  fonts: FontSet;
  tree: StructureTree;
  /** first pages of the parts drawn so far */
  pageOf: ReadonlyMap<string, number>;
  total(): number;
}

const FURNITURE_STYLE: TextStyle = {
  face: 'sans',
  size: FURNITURE.size,
  leading: FURNITURE.size,
  colour: 'muted',
  before: 0,
  tracking: FURNITURE.tracking,
};

export function createDrawer({ out, fonts, tree, pageOf, total }: DrawerParts): Drawer {
  const content = createPageContent(fonts);
  const sharedFonts = out.ref();
  const targets = new Set<string>();
  let drawn = 0;

  function furniture(part: Part): void {
    const { left, column } = FRAMES[part.layout];
    const line = (text: string, style: TextStyle) =>
      breakLines(fonts, settingOf(fonts, text, style), style, 1e6);
    if (part.head !== '') {
      const head = line(part.head, { ...FURNITURE_STYLE, capitals: true });
      content.text(head, { x: left, top: FURNITURE.head - 8, width: column, align: 'left', to: 1 });
      content.rule(left, FURNITURE.head + 5, left + column, FURNITURE.head + 5, 'faint', 0.5);
    }
    const folio = line(`${drawn} of ${total()}`, { ...FURNITURE_STYLE, tracking: 0 });
    content.text(folio, { x: left, top: FURNITURE.foot - 4, width: column, align: 'center' });
  }

  return {
    drawn: () => drawn,
    page(part, placed, first) {
      const before = out.page;
      out.addPage();
      release(before);
      drawn += 1;
      const { dictionary, resources, content: stream } = out.page;
      resources.data.Font = sharedFonts;
      const marks = tree.newPage(dictionary.id);
      dictionary.data.StructParents = marks.key;
      dictionary.data.Tabs = 'S';
      if (first) out.addNamedDestination(part.id, 'XYZ', 0, 0, null);
      const annotations: Reference[] = [];

      const page: DrawnPage = {
        content,
        tagged(element, draw) {
          content.open(element.type, tree.mark(element, marks));
          draw();
          content.close();
        },
        artifact(draw) {
          content.open('Artifact', null);
          draw();
          content.close();
        },
        figure(element, draw) {
          page.tagged(element, () =>
            draw((d) => {
              flush();
              out.path(d);
            }),
          );
        },
        link(element, area, target, title) {
          targets.add(target);
          const annotation = out.ref();
          annotation.data = {
            Type: 'Annot',
            Subtype: 'Link',
            Rect: corners(area),
            Border: [0, 0, 0],
            F: 4, // printed; PDF/UA requires it
            Contents: new String(title),
            Dest: new String(target),
            StructParent: tree.attach(element, annotation.id, dictionary.id),
          };
          annotation.end();
          annotations.push(annotation);
        },
        box: (area) => corners(area).map(number).join(' '),
        pageOf(partId) {
          const found = pageOf.get(partId);
          if (found === undefined) throw new AlmanacError('render', `there is no part ${partId}`);
          return found;
        },
      };
      const flush = () => stream.write(Buffer.from(content.take(), 'latin1'));

      page.artifact(() => {
        if (part.layout === 'cover') drawCoverGround(content);
        else furniture(part);
      });
      for (const { box, top } of placed) box.draw(page, top);
      if (annotations.length > 0) dictionary.data.Annots = annotations;
      flush();
      tree.endPage(marks);
      return dictionary.id;
    },
    finish() {
      const lost = [...targets].find((target) => !pageOf.has(target));
      if (lost !== undefined)
        throw new AlmanacError('render', `a link leads to ${lost}, which is not a part`);
      sharedFonts.data = fonts.resources;
      sharedFonts.end();
    },
  };
}

/** pdfkit keeps every page's objects until the end, but once they are written it needs only their ids. */
function release(written: PageInsides | null): void {
  for (const reference of [written?.dictionary, written?.resources, written?.content]) {
    if (reference !== undefined) reference.data = {};
  }
}

function corners(area: { x: number; y: number; width: number; height: number }): number[] {
  const { x, y, width, height } = area;
  return [x, PAGE.height - y - height, x + width, PAGE.height - y];
}
