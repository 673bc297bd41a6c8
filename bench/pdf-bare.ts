/** For comparison: plain pdfkit writes the same text with the same fonts, tags, links and outline. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createRequire } from 'node:module';
import { finished } from 'node:stream/promises';
import PDFDocument from 'pdfkit';
import type { Part, ReportDocument } from '../src/domain/document.ts';

const require = createRequire(import.meta.url);
const FONTS = {
  serif: require.resolve('@fontsource/source-serif-4/files/source-serif-4-latin-400-normal.woff'),
  bold: require.resolve('@fontsource/source-serif-4/files/source-serif-4-latin-600-normal.woff'),
  sans: require.resolve('@fontsource/source-sans-3/files/source-sans-3-latin-400-normal.woff'),
};

/** Writes the document's text to `file`, without figures and tables. */
export async function writeBare(document: ReportDocument, file: string): Promise<void> {
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { top: 78, bottom: 64, left: 70, right: 70 },
    autoFirstPage: false,
    pdfVersion: '1.7',
    tagged: true,
    lang: 'en',
  });
  const output = createWriteStream(file);
  pdf.pipe(output);
  for (const [name, path] of Object.entries(FONTS)) pdf.registerFont(name, path);
  let page = 0;
  let month = pdf.outline;
  for await (const part of document.parts) {
    page += 1;
    pdf.addPage();
    pdf.addNamedDestination(part.id);
    for (const { title, level } of part.outline) {
      if (level === 0) month = pdf.outline.addItem(title);
      else month.addItem(title);
    }
    writePart(pdf, part, page);
    if (output.writableNeedDrain) await once(output, 'drain');
  }
  pdf.end();
  await finished(output);
}

function writePart(pdf: PDFKit.PDFDocument, part: Part, page: number): void {
  const section = pdf.struct('Sect');
  pdf.addStructure(section);
  const add = (tag: string, font: string, size: number, text: string, link?: string) =>
    section.add(
      pdf.struct(tag, {}, () => {
        pdf.font(font).fontSize(size);
        pdf.text(text, link === undefined ? {} : { goTo: link });
      }),
    );
  for (const block of part.blocks) {
    if (block.kind === 'answer') {
      add('H2', 'bold', 9, block.question);
      add('P', 'serif', 9, block.text);
    } else if (block.kind === 'heading') {
      add('H1', 'serif', 18, block.text);
    } else if (block.kind === 'paragraph') {
      add('P', 'sans', 8.5, block.text);
    } else if (block.kind === 'link') {
      add('Link', 'sans', 8.5, block.text, block.target);
    }
  }
  section.end();
  pdf.markContent('Artifact');
  pdf.font('sans').fontSize(7.5);
  pdf.text(part.head, 70, 40, { lineBreak: false });
  pdf.text(`${page} of ${1725}`, 280, 760, { lineBreak: false });
  pdf.endMarkedContent();
}
