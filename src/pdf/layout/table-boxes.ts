/** A table as boxes, one per row: caption, heads with a rule below, rows of one or more lines. */
import type { Block, TableColumn } from '../../domain/document.ts';
import type { Element } from '../file/structure-tree.ts';
import { STYLES, type TextStyle } from '../house-style.ts';
import { breakLines, type Lines, settingOf } from '../type/set-text.ts';
import type { Box, Layout } from './box.ts';
import { textBox } from './text-box.ts';

type Table = Extract<Block, { kind: 'table' }>;

const GUTTER = 10;
const ROW_PADDING = 2.6;

interface Cell {
  /** none for a blank column head: its neighbour's spans it */
  element: Element | undefined;
  lines: Lines;
  x: number;
  width: number;
  align: TableColumn['align'];
}

/** @param scale of type and distances; the house style is 1 */
export function tableBoxes(layout: Layout, table: Table, scale: number): Box[] {
  const { fonts, tree, section, frame } = layout;
  const { left, column: width } = frame;
  const element = tree.element('Table', section);
  const weights = table.columns.reduce((sum, column) => sum + column.weight, 0);
  const shares = table.columns.map(
    (column) => ((width - GUTTER * (table.columns.length - 1)) * column.weight) / weights,
  );

  function row(
    texts: readonly string[],
    style: TextStyle,
    elements: readonly (Element | undefined)[],
  ): Cell[] {
    let x = left;
    return table.columns.map((column, index) => {
      const share = shares[index] ?? 0;
      const face = style === cellStyle && column.font === 'symbol' ? 'symbol' : style.face;
      const ownStyle = { ...style, face };
      const setting = settingOf(fonts, texts[index] ?? '', ownStyle);
      const lines = breakLines(fonts, setting, ownStyle, share);
      const cell = { element: elements[index], lines, x, width: share, align: column.align };
      x += share + GUTTER;
      return cell;
    });
  }

  const cellStyle = scaled(STYLES.cell, scale);
  const headStyle: TextStyle = { ...cellStyle, face: 'sans-bold', colour: 'muted' };
  const captionStyle = scaled(STYLES.caption, scale);
  const boxes: Box[] = [];
  if (table.caption !== '') {
    const caption = tree.element('Caption', element);
    const lines = breakLines(
      fonts,
      settingOf(fonts, table.caption, captionStyle),
      captionStyle,
      width,
    );
    boxes.push(textBox(caption, lines, { x: left, width, keep: true }));
  }
  if (table.columns.some((column) => column.title !== '')) {
    const titles = table.columns.map((column) => column.title);
    const heads = headElements(layout.tree, tree.element('TR', element), titles);
    boxes.push(rowBox(row(titles, headStyle, heads), left, width, 'muted', true));
  }
  table.rows.forEach((texts, index) => {
    const keep = index < 1 || index === table.rows.length - 2; // no row alone on a page
    const tr = tree.element('TR', element);
    const cells = table.columns.map(() => tree.element('TD', tr));
    boxes.push(rowBox(row(texts, cellStyle, cells), left, width, 'faint', keep));
  });
  return boxes;
}

/**
 * The column heads' elements, by column. A head that is read aloud needs words. A column without a title, such as the
 * sign before a name, shares the next title; after the last title, its head is a plain empty cell.
 */
export function headElements(
  tree: Layout['tree'],
  row: Element,
  titles: readonly string[],
): (Element | undefined)[] {
  const last = titles.findLastIndex((title) => title.trim() !== '');
  let span = 1;
  return titles.map((title, index) => {
    if (index > last) return tree.element('TD', row);
    if (title.trim() === '') {
      span += 1;
      return undefined;
    }
    const spans = span === 1 ? '' : `/ColSpan ${span}`;
    span = 1;
    return tree.element('TH', row, `/A<</O/Table/Scope/Column${spans}>>`);
  });
}

function rowBox(
  cells: readonly Cell[],
  left: number,
  width: number,
  rule: 'muted' | 'faint',
  keep: boolean,
): Box {
  const height = Math.max(...cells.map(({ lines }) => lines.ends.length * lines.style.leading));
  return {
    before: 0,
    height: height + 2 * ROW_PADDING,
    keep,
    draw(page, top) {
      for (const { element, lines, x, width: share, align } of cells) {
        if (element === undefined || lines.ends.length === 0) continue;
        page.tagged(element, () =>
          page.content.text(lines, { x, top: top + ROW_PADDING, width: share, align }),
        );
      }
      const y = top + height + 2 * ROW_PADDING;
      page.artifact(() => page.content.rule(left, y, left + width, y, rule, 0.5));
    },
  };
}

/** A smaller style in the same proportions. */
export function scaled<S extends TextStyle>(style: S, scale: number): TextStyle {
  if (scale === 1) return style;
  return {
    ...style,
    size: style.size * scale,
    leading: style.leading * scale,
    before: style.before * scale,
  };
}
