/** Shape of the blueprint's data: thirteen chapters of four themes. */
import type { Look } from '../../shared/natal-lines.ts';

export interface Theme {
  /** the answer's id */
  key: string;
  /** printed over the answer */
  title: string;
  /** asked of the model */
  question: string;
  look: Look;
}

export interface Chapter {
  key: string;
  title: string;
  themes: readonly Theme[];
}
