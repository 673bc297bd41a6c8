/** Scratch folders that are removed after each test, and functions that read PDFs back. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterEach } from 'vitest';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-pdf-'));
  folders.push(folder);
  return folder;
}

export async function openPdf(file: string) {
  return getDocumentProxy(new Uint8Array(await readFile(file)));
}

/** @returns each page's text with its white space collapsed */
export async function pageTexts(file: string): Promise<string[]> {
  const { text } = await extractText(await openPdf(file), { mergePages: false });
  return text.map(collapse);
}

/** @returns a page's text by marked content id, and the text that screen readers skip; white space collapsed */
export async function markedTexts(
  pdf: Awaited<ReturnType<typeof openPdf>>,
  page: number,
): Promise<{ tagged: Map<number, string>; decoration: string }> {
  const { items } = await (await pdf.getPage(page)).getTextContent({ includeMarkedContent: true });
  const tagged = new Map<number, string>();
  let decoration = '';
  const open: (number | null)[] = [];
  for (const item of items) {
    if ('str' in item) {
      const mcid = open.findLast((id) => id !== null) ?? null;
      const text = item.str + (item.hasEOL ? ' ' : '');
      if (mcid === null) decoration += text;
      else tagged.set(mcid, (tagged.get(mcid) ?? '') + text);
    } else if (item.type === 'endMarkedContent') {
      open.pop();
    } else {
      const mcid = /_mc(\d+)$/.exec(item.id ?? '')?.[1];
      open.push(mcid === undefined ? null : Number(mcid));
    }
  }
  return { tagged, decoration: collapse(decoration) };
}

export function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** A signal that never aborts. */
export function unhurried(): AbortSignal {
  return new AbortController().signal;
}
