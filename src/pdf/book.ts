/**
 * A book: takes parts one after another and writes them to a file as a PDF. Each page is written as it is drawn, so
 * memory stays bounded. A document with a contents page, or without a fixed page count, is held until its end: its
 * first pages print numbers that are known only after the last page.
 */
import PDFDocument from 'pdfkit';
import type { DocumentInfo, Part } from '../domain/document.ts';
import { AlmanacError } from '../domain/errors.ts';
import { pdfInfo, writeXmp } from './file/metadata.ts';
import { packObjects } from './file/object-packer.ts';
import { createOutline } from './file/outline.ts';
import { createStructureTree, type Element } from './file/structure-tree.ts';
import { PAGE } from './house-style.ts';
import { createDrawer } from './layout/draw-page.ts';
import { layOutPart } from './layout/lay-out-part.ts';
import type { ContentsEntry } from './layout/link-boxes.ts';
import type { Placed } from './layout/paginate.ts';
import { insidesOf, writeStraightTo } from './pdfkit-insides.ts';
import { createFontSet } from './type/font-set.ts';

export interface Book {
  /** @returns number of pages drawn so far */
  add(part: Part): number;
  /** @returns the total number of pages; the file's last bytes follow when the stream ends */
  finish(): number;
}

/** The page numbers that PDF viewers show: the printed ones, and the cover by name. */
const COVER_LABELS = { Nums: [0, { P: new String('Cover') }, 1, { S: 'D', St: 2 }] };

/** @param write takes the file's bytes, in order */
export function createBook(
  info: DocumentInfo,
  write: (bytes: Uint8Array) => void,
  onEnd: () => void,
): Book {
  const document = new PDFDocument({
    autoFirstPage: false,
    size: [PAGE.width, PAGE.height],
    margin: 0,
    pdfVersion: '1.7',
    lang: info.language,
    displayTitle: true,
    font: '',
    info: pdfInfo(info),
  });
  const out = insidesOf(document);
  writeStraightTo(out, write);
  document.on('end', onEnd).resume();
  const objects = packObjects(out);
  const fonts = createFontSet(out);
  const tree = createStructureTree(objects);
  const outline = createOutline(objects);
  const pageOf = new Map<string, number>();
  const drawer = createDrawer({ out, fonts, tree, pageOf, total: () => total });

  const entries: ContentsEntry[] = [];
  const held: Part[] = [];
  let coverFirst = false;
  let holding = info.pages === null;
  let total = info.pages ?? 0;
  let questionLevel = 2;

  interface LaidOut {
    part: Part;
    section: Element;
    pages: Placed[][];
  }

  function layOut(part: Part): LaidOut {
    const deepest = part.blocks.reduce(
      (level, block) => (block.kind === 'heading' ? block.level : level),
      questionLevel - 1,
    );
    if (part.layout !== 'cover') questionLevel = deepest + 1;
    const entriesOf = (depth: number) => entries.filter((entry) => entry.level <= depth);
    const section = tree.element('Sect', null);
    const level = Math.min(questionLevel, 6);
    return { part, section, pages: layOutPart({ fonts, tree, section }, part, level, entriesOf) };
  }

  function draw({ part, section, pages }: LaidOut): void {
    pages.forEach((placed, index) => {
      const pageId = drawer.page(part, placed, index === 0);
      if (index > 0) return;
      for (const { title, level } of part.outline) outline.add(title, level, pageId);
    });
    tree.write(section.branch);
  }

  return {
    add(part) {
      if (pageOf.has(part.id)) throw new AlmanacError('render', `two parts have the id ${part.id}`);
      if (pageOf.size === 0) coverFirst = part.layout === 'cover';
      pageOf.set(part.id, 0);
      for (const { title, level } of part.outline) entries.push({ title, level, target: part.id });
      holding ||= part.blocks.some((block) => block.kind === 'contents');
      if (holding) {
        held.push(part);
      } else {
        pageOf.set(part.id, drawer.drawn() + 1);
        draw(layOut(part));
      }
      return drawer.drawn();
    },
    finish() {
      const laid = held.map(layOut);
      let next = drawer.drawn() + 1;
      for (const { part, pages } of laid) {
        pageOf.set(part.id, next);
        next += pages.length;
      }
      if (info.pages === null) total = next - 1;
      laid.forEach(draw);
      if (drawer.drawn() !== total) {
        throw new AlmanacError(
          'render',
          `the document promised ${total} pages and has ${drawer.drawn()}`,
        );
      }
      fonts.embed();
      drawer.finish();
      const bookmarks = outline.finish();
      const structure = tree.finish(info.language);
      // pdfkit's last step before the catalogue. Earlier, it would end our structure as if it were its own.
      out.endMetadata = () => {
        if (bookmarks !== null) {
          out._root.data.Outlines = bookmarks;
          out._root.data.PageMode = 'UseOutlines';
        }
        out._root.data.StructTreeRoot = structure;
        out._root.data.MarkInfo = { Marked: true };
        if (coverFirst) out._root.data.PageLabels = COVER_LABELS;
        out._root.data.Metadata = writeXmp(out, info);
      };
      out.end();
      return total;
    },
  };
}
