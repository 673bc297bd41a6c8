/** Links: neighbouring ones share a row; a contents page lists the parts with their page numbers. */
import { STYLES, type TextStyle } from '../house-style.ts';
import { breakLines, type Lines, lineWidth, settingOf } from '../type/set-text.ts';
import type { Box, DrawnPage, Layout } from './box.ts';
import { scaled } from './table-boxes.ts';

export interface LinkTo {
  text: string;
  target: string;
}

const BETWEEN = 14;

/** Consecutive links in rows, as many per row as fit. */
export function linkRow(layout: Layout, links: readonly LinkTo[], scale: number): Box {
  const { frame, tree, section } = layout;
  const style = scaled(STYLES.link, scale);
  let x = 0;
  let row = 0;
  const places = links.map((link) => {
    const lines = lineOf(layout, link.text, style, frame.column);
    const width = lineWidth(lines, 0, lines.setting.words.length);
    if (x > 0 && x + width > frame.column) {
      x = 0;
      row += 1;
    }
    const place = {
      link,
      lines,
      width,
      x: frame.left + x,
      row,
      element: tree.element('Link', section),
    };
    x += width + BETWEEN;
    return place;
  });
  return {
    before: style.before,
    height: (row + 1) * style.leading,
    keep: false,
    draw(page, top) {
      for (const place of places) {
        const y = top + place.row * style.leading;
        page.tagged(place.element, () =>
          page.content.text(place.lines, {
            x: place.x,
            top: y,
            width: place.width,
            align: 'left',
            to: 1,
          }),
        );
        const area = { x: place.x, y, width: place.width, height: style.leading };
        page.link(place.element, area, place.link.target, place.link.text);
      }
    },
  };
}

export interface ContentsEntry {
  title: string;
  level: number;
  target: string;
}

/** One line of a contents page: title, page number at the right edge. The whole line is a link. */
export function contentsBoxes(layout: Layout, entries: readonly ContentsEntry[]): Box[] {
  const { frame, tree, section } = layout;
  const toc = tree.element('TOC', section);
  return entries.map((entry) => {
    const style: TextStyle =
      entry.level === 0
        ? { ...STYLES.body, leading: 17, before: 7 }
        : { ...STYLES.cell, size: 9.5, leading: 14, colour: 'muted', before: 1 };
    const indent = entry.level * 16;
    const lines = lineOf(layout, entry.title, style, frame.column - indent - 40);
    const element = tree.element('Link', tree.element('Reference', tree.element('TOCI', toc)));
    return {
      before: style.before,
      height: lines.ends.length * style.leading,
      keep: false,
      draw: (page, top) => drawEntry(page, top),
    };

    function drawEntry(page: DrawnPage, top: number): void {
      const number = lineOf(layout, String(page.pageOf(entry.target)), style, 40);
      const last = top + (lines.ends.length - 1) * style.leading;
      page.tagged(element, () => {
        page.content.text(lines, {
          x: frame.left + indent,
          top,
          width: frame.column,
          align: 'left',
        });
        page.content.text(number, {
          x: frame.left + frame.column - 40,
          top: last,
          width: 40,
          align: 'right',
        });
      });
      const y = last + style.leading - 1.5;
      page.artifact(() =>
        page.content.rule(frame.left + indent, y, frame.left + frame.column, y, 'faint', 0.4),
      );
      const area = {
        x: frame.left,
        y: top,
        width: frame.column,
        height: lines.ends.length * style.leading,
      };
      page.link(element, area, entry.target, entry.title);
    }
  });
}

function lineOf(layout: Layout, text: string, style: TextStyle, width: number): Lines {
  return breakLines(layout.fonts, settingOf(layout.fonts, text, style), style, width);
}
