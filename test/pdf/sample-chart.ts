/** A cover with a drawn chart and a table, which use every kind of shape. */
import type { Block, Part, Shape } from '../../src/domain/document.ts';

export function wheel(): Block {
  const shapes: Shape[] = [
    { kind: 'circle', x: 160, y: 160, r: 155, stroke: 'accent', width: 1.2 },
    { kind: 'circle', x: 160, y: 160, r: 122, stroke: 'accent', width: 0.6 },
    { kind: 'circle', x: 160, y: 160, r: 60, stroke: 'faint', width: 0.8 },
  ];
  const elements = ['fire', 'earth', 'air', 'water'] as const;
  for (let sign = 0; sign < 12; sign += 1) {
    const angle = (sign * Math.PI) / 6;
    const middle = angle + Math.PI / 12;
    shapes.push(
      {
        kind: 'line',
        x1: 160 + 122 * Math.cos(angle),
        y1: 160 + 122 * Math.sin(angle),
        x2: 160 + 155 * Math.cos(angle),
        y2: 160 + 155 * Math.sin(angle),
        stroke: 'accent',
        width: 0.5,
      },
      {
        kind: 'glyph',
        x: 160 + 138 * Math.cos(middle),
        y: 160 + 138 * Math.sin(middle),
        text: String.fromCodePoint(0x2648 + sign),
        size: 17,
        font: 'symbol',
        fill: elements[sign % 4] ?? 'ink',
      },
    );
  }
  [...'☉☽☿♀♂♃♄♅♆♇'].forEach((text, index) => {
    const angle = index * 0.61 + 0.2;
    shapes.push(
      {
        kind: 'glyph',
        x: 160 + 96 * Math.cos(angle),
        y: 160 + 96 * Math.sin(angle),
        text,
        size: 15,
        font: 'symbol',
        fill: 'ink',
      },
      {
        kind: 'line',
        x1: 160 + 60 * Math.cos(angle),
        y1: 160 + 60 * Math.sin(angle),
        x2: 160 - 60 * Math.cos(angle * 2),
        y2: 160 - 60 * Math.sin(angle * 2),
        stroke: index % 2 ? 'water' : 'fire',
        width: 0.5,
        dash: index % 3 === 0 ? 2 : undefined,
      },
    );
  });
  shapes.push({
    kind: 'path',
    d: 'M150 160 A10 10 0 1 0 170 160 A10 10 0 1 0 150 160 Z',
    fill: 'accent',
  });
  return {
    kind: 'figure',
    width: 320,
    height: 320,
    shapes,
    alt: 'The natal chart as a wheel of twelve signs with ten planets.',
  };
}

export function positions(): Block {
  const rows = [
    ['☉', 'Sun', '♑', '24° 12′', '4'],
    ['☽', 'Moon', '♎', '3° 47′', '1'],
    ['☿', 'Mercury', '♒', '9° 02′ R', '5'],
    ['♀', 'Venus', '♐', '18° 33′', '3'],
    ['♂', 'Mars', '♈', '27° 20′', '7'],
    ['♃', 'Jupiter', '♋', '11° 58′', '10'],
    ['♄', 'Saturn', '♓', '29° 41′', '6'],
  ];
  return {
    kind: 'table',
    caption: 'Positions at birth',
    columns: [
      { title: '', align: 'center', weight: 1, font: 'symbol' },
      { title: 'Body', align: 'left', weight: 4 },
      { title: '', align: 'center', weight: 1, font: 'symbol' },
      { title: 'Degree', align: 'right', weight: 3 },
      { title: 'House', align: 'right', weight: 2 },
    ],
    rows,
  };
}

export function cover(): Part {
  return {
    id: 'cover',
    layout: 'cover',
    outline: [{ title: 'Cover', level: 0 }],
    head: '',
    blocks: [
      { kind: 'heading', level: 3, text: 'Personal horoscope' },
      { kind: 'heading', level: 1, text: 'A Year of Days' },
      { kind: 'heading', level: 2, text: 'for Zoë Łukasz-Ångström' },
      {
        kind: 'paragraph',
        style: 'facts',
        text: 'born 14 January 1988, 06:45 · Kraków, Poland · 50.06° N 19.94° E\nReport year 14 January 2026 – 13 January 2027',
      },
      wheel(),
      positions(),
      {
        kind: 'paragraph',
        style: 'small',
        text: 'Positions: caelus 0.23.0, tropical zodiac, Placidus houses, zone Europe/Warsaw. Written with the help of artificial intelligence; a mirror to think with, not advice on health, law or money.',
      },
    ],
  };
}
