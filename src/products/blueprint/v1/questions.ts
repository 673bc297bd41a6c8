/** The fifty-two themes in reading order: thirteen chapters of four. */
import type { Chapter } from './chapter.ts';
import { BOND_CHAPTERS } from './chapters/bonds.ts';
import { DEPTH_CHAPTERS } from './chapters/depths.ts';
import { SELF_CHAPTERS } from './chapters/self.ts';
import { WORLD_CHAPTERS } from './chapters/world.ts';

export const CHAPTERS: readonly Chapter[] = [
  ...SELF_CHAPTERS,
  ...BOND_CHAPTERS,
  ...WORLD_CHAPTERS,
  ...DEPTH_CHAPTERS,
];
