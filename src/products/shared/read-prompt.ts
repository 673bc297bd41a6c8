/** Prompts are text files that a writer edits. They are read once, when the product is loaded. */
import { readFileSync } from 'node:fs';

/** @param url of the file, from `new URL('./prompts/system.md', import.meta.url)` */
export function readPrompt(url: URL): string {
  return readFileSync(url, 'utf8').trim();
}
