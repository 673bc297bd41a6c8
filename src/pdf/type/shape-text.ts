/**
 * Shapes text with HarfBuzz: joins, ligatures, reordering, and marks placed as the font says. What comes out is one
 * shape per cluster, the least piece of text that stays together, so that each can be copied as its own text.
 */
import * as hb from 'harfbuzzjs';

/** One glyph of the font, in font units from where its cluster begins on the baseline. */
export interface Part {
  id: number;
  x: number;
  y: number;
}

/** Glyphs that together show a piece of text. */
export interface Cluster {
  parts: readonly Part[];
  /** font units to where the next cluster begins */
  advance: number;
  text: string;
}

// no dotted circle beside a mark without its letter; joiners show nothing
const FLAGS = hb.BufferFlag.DO_NOT_INSERT_DOTTED_CIRCLE | hb.BufferFlag.REMOVE_DEFAULT_IGNORABLES;

/** @returns a function that gives a text's clusters from left to right */
export function createShaper(bytes: Uint8Array): (text: string, rightToLeft: boolean) => Cluster[] {
  const font = new hb.Font(new hb.Face(new hb.Blob(bytes)));

  return (text, rightToLeft) => {
    const buffer = new hb.Buffer();
    buffer.addText(text);
    buffer.guessSegmentProperties();
    buffer.setDirection(rightToLeft ? hb.Direction.RTL : hb.Direction.LTR);
    buffer.setClusterLevel(hb.ClusterLevel.MONOTONE_GRAPHEMES);
    buffer.setFlags(FLAGS);
    hb.shape(font, buffer);
    const glyphs = buffer.getGlyphInfos();
    const positions = buffer.getGlyphPositions();
    const found: { parts: Part[]; advance: number; from: number }[] = [];
    glyphs.forEach(({ codepoint: id, cluster: from }, index) => {
      const position = positions[index];
      if (position === undefined) return;
      let last = found.at(-1);
      if (last?.from !== from) {
        last = { parts: [], advance: 0, from };
        found.push(last);
      }
      last.parts.push({ id, x: last.advance + position.xOffset, y: position.yOffset });
      last.advance += position.xAdvance;
    });
    const bounds = found.map(({ from }) => from).sort((a, b) => a - b);
    return found.map(({ parts, advance, from }) => {
      const at = bounds.indexOf(from);
      // what comes before the first cluster shows nothing, and is copied with it
      return { parts, advance, text: text.slice(at === 0 ? 0 : from, bounds[at + 1]) };
    });
  };
}
