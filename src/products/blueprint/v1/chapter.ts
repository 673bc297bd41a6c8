/** The shape of the blueprint's data: thirteen chapters of four themes. */
import type { Look } from '../../shared/natal-lines.ts';

export interface Theme {
  /** the answer's id */
  key: string;
  /** printed above the answer */
  title: string;
  /** what the model is asked */
  question: string;
  look: Look;
}

export interface Chapter {
  key: string;
  title: string;
  themes: readonly Theme[];
}
