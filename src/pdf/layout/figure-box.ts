/** A figure as a box: shapes and glyphs in the figure's own coordinates, with alternative text. */
import type { Block, Shape } from '../../domain/document.ts';
import { baselineOf, colour, number, type PageContent } from '../file/page-content.ts';
import type { TextStyle } from '../house-style.ts';
import { utf16Hex } from '../type/embed-typeface.ts';
import { breakLines, settingOf } from '../type/set-text.ts';
import type { Box, Layout } from './box.ts';

type Figure = Extract<Block, { kind: 'figure' }>;

/** Centred; made smaller if wider than the column with its overhang, or higher than `maxHeight`. */
export function figureBox(layout: Layout, figure: Figure, maxHeight: number): Box {
  const { frame, overhang, tree, section } = layout;
  const room = frame.column + 2 * overhang;
  const scale = Math.min(1, room / figure.width, maxHeight / figure.height);
  const width = figure.width * scale;
  const height = figure.height * scale;
  const x = frame.left + (frame.column - width) / 2;
  const element = tree.element('Figure', section, `/Alt<FEFF${utf16Hex(figure.alt)}>`);
  return {
    before: 16,
    height,
    keep: false,
    draw(page, top) {
      element.entries += `/A<</O/Layout/Placement/Block/BBox[${page.box({ x, y: top, width, height })}]>>`;
      page.figure(element, (path) => {
        page.content.raw(`q ${number(scale)} 0 0 ${number(scale)} ${number(x)} ${number(top)} cm`);
        for (const shape of figure.shapes) drawShape(layout, page.content, shape, path);
        page.content.raw('Q');
      });
    },
  };
}

/** Distance of a circle's Bezier control points, in radii. */
const KAPPA = 0.5523;

function drawShape(
  layout: Layout,
  content: PageContent,
  shape: Shape,
  path: (d: string) => void,
): void {
  if (shape.kind === 'glyph') {
    drawGlyph(layout, content, shape);
    return;
  }
  if (shape.kind === 'line') {
    const dash = shape.dash === undefined ? '[] 0 d' : `[${number(shape.dash)}] 0 d`;
    content.raw(dash);
    content.rule(shape.x1, shape.y1, shape.x2, shape.y2, shape.stroke, shape.width ?? 0.75);
    if (shape.dash !== undefined) content.raw('[] 0 d');
    return;
  }
  if (shape.fill !== undefined) content.raw(colour(shape.fill, 'rg'));
  if (shape.stroke !== undefined) {
    content.raw(`${colour(shape.stroke, 'RG')} ${number(shape.width ?? 0.75)} w`);
  }
  if (shape.kind === 'path') path(shape.d);
  else content.raw(circle(shape.x, shape.y, shape.r));
  if (shape.fill !== undefined) content.raw(shape.stroke === undefined ? 'f' : 'B');
  else content.raw(shape.stroke === undefined ? 'n' : 'S');
}

function circle(x: number, y: number, r: number): string {
  const k = r * KAPPA;
  const n = number;
  return `${n(x + r)} ${n(y)} m
${n(x + r)} ${n(y + k)} ${n(x + k)} ${n(y + r)} ${n(x)} ${n(y + r)} c
${n(x - k)} ${n(y + r)} ${n(x - r)} ${n(y + k)} ${n(x - r)} ${n(y)} c
${n(x - r)} ${n(y - k)} ${n(x - k)} ${n(y - r)} ${n(x)} ${n(y - r)} c
${n(x + k)} ${n(y - r)} ${n(x + r)} ${n(y - k)} ${n(x + r)} ${n(y)} c h`;
}

function drawGlyph(
  layout: Layout,
  content: PageContent,
  glyph: Extract<Shape, { kind: 'glyph' }>,
): void {
  const style: TextStyle = {
    face: glyph.font === 'symbol' ? 'symbol' : 'sans',
    size: glyph.size,
    leading: glyph.size,
    colour: glyph.fill,
    before: 0,
  };
  const lines = breakLines(layout.fonts, settingOf(layout.fonts, glyph.text, style), style, 1e6);
  if (lines.ends.length === 0) return;
  // optical centre: capitals and signs are about 0.68 of the size high
  const top = glyph.y + glyph.size * 0.34 - baselineOf(glyph.size, glyph.size);
  content.text(lines, { x: glyph.x, top, width: 0, align: 'center' });
}
