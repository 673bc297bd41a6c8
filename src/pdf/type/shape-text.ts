/**
 * Shapes text with HarfBuzz: joins, ligatures, reordering, and marks placed as the font says. What comes out is one
 * shape per cluster, the least piece of text that stays together, so that each can be copied as its own text.
 */
import { AlmanacError } from '../../domain/errors.ts';
import { NEEDS_SHAPING } from './plain-letters.ts';

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

let hb: typeof import('harfbuzzjs') | undefined;

/**
 * Loads HarfBuzz (16 MB) when a text needs it, which most reports do not. It loads asynchronously, so this comes before
 * the text is set.
 */
export async function prepareShaper(text: string): Promise<void> {
  if (hb === undefined && NEEDS_SHAPING.test(text)) hb = await import('harfbuzzjs');
}

/** @returns a function that gives a text's clusters from left to right */
export function createShaper(bytes: Uint8Array): (text: string, rightToLeft: boolean) => Cluster[] {
  if (hb === undefined) throw new AlmanacError('render', 'text came that was not prepared for');
  const { Blob, Buffer, BufferFlag, ClusterLevel, Direction, Face, Font, shape } = hb;
  const font = new Font(new Face(new Blob(bytes)));
  // no dotted circle beside a mark without its letter; joiners show nothing
  const flags = BufferFlag.DO_NOT_INSERT_DOTTED_CIRCLE | BufferFlag.REMOVE_DEFAULT_IGNORABLES;

  return (text, rightToLeft) => {
    const buffer = new Buffer();
    buffer.addText(text);
    buffer.guessSegmentProperties();
    buffer.setDirection(rightToLeft ? Direction.RTL : Direction.LTR);
    buffer.setClusterLevel(ClusterLevel.MONOTONE_GRAPHEMES);
    buffer.setFlags(flags);
    shape(font, buffer);
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
