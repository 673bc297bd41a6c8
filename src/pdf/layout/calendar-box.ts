/** A small calendar: a table whose cells link to other parts. */
import type { Block } from '../../domain/document.ts';
import type { Element } from '../file/structure-tree.ts';
import { STYLES, type TextStyle } from '../house-style.ts';
import { breakLines, settingOf } from '../type/set-text.ts';
import type { Box, Layout } from './box.ts';
import { headElements, scaled } from './table-boxes.ts';

type Calendar = Extract<Block, { kind: 'calendar' }>;

/** @param scale of type and distances; the house style is 1 */
export function calendarBox(layout: Layout, calendar: Calendar, scale: number): Box {
  const { fonts, tree, section, frame } = layout;
  const { size, leading } = scaled(STYLES.link, scale);
  const links: TextStyle = { ...STYLES.link, size, leading };
  const heads: TextStyle = { ...links, face: 'sans-bold', size: size * 0.9, colour: 'muted' };
  const share = frame.column / calendar.heads.length;
  const table = tree.element('Table', section);

  const cell = <E extends Element | undefined>(
    text: string,
    style: TextStyle,
    element: E,
    row: number,
    column: number,
  ) => ({
    element,
    lines: breakLines(fonts, settingOf(fonts, text, style), style, 1e6),
    row,
    x: frame.left + column * share,
  });
  const headed = headElements(tree, tree.element('TR', table), calendar.heads);
  const headCells = calendar.heads.map((text, column) =>
    cell(text, heads, headed[column], 0, column),
  );
  const days = calendar.rows.flatMap((row, index) => {
    const tr = tree.element('TR', table);
    return row.flatMap((day, column) => {
      const td = tree.element('TD', tr);
      if (day === null) return [];
      return [{ day, ...cell(day.text, links, tree.element('Link', td), index + 1, column) }];
    });
  });

  return {
    before: STYLES.link.before * scale,
    height: (calendar.rows.length + 1) * leading,
    keep: false,
    draw(page, top) {
      for (const { element, lines, row, x } of [...headCells, ...days]) {
        if (element === undefined) continue;
        page.tagged(element, () =>
          page.content.text(lines, { x, top: top + row * leading, width: share, align: 'center' }),
        );
      }
      for (const { day, element, row, x } of days) {
        const area = { x, y: top + row * leading, width: share, height: leading };
        page.link(element, area, day.target, day.title);
      }
      page.artifact(() =>
        page.content.rule(
          frame.left,
          top + leading,
          frame.left + frame.column,
          top + leading,
          'faint',
          0.5,
        ),
      );
    },
  };
}
