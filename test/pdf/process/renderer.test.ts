import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { readdir, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Part } from '../../../src/domain/document.ts';
import { createPdfRenderer } from '../../../src/pdf/process/renderer.ts';
import { collapse, openPdf, pageTexts, scratchFolder, unhurried } from '../rendering.ts';
import { bigDocument, each, INFO, sheet, smallBook } from '../sample-documents.ts';

const renderer = createPdfRenderer();

describe('createPdfRenderer', () => {
  it('writes one file, and returns its size and hash', async () => {
    const folder = await scratchFolder();
    const { document } = smallBook();
    const done = await renderer.render(document, join(folder, 'deep', 'book.pdf'), {
      signal: unhurried(),
    });
    const bytes = await readFile(done.file);
    expect(await readdir(join(folder, 'deep'))).toEqual(['book.pdf']);
    expect(done.bytes).toBe(bytes.length);
    expect(done.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect((await openPdf(done.file)).numPages).toBe(done.pages);
  });

  it('gives the same bytes for the same document', async () => {
    const folder = await scratchFolder();
    const first = await renderer.render(smallBook().document, join(folder, 'a.pdf'), {
      signal: unhurried(),
    });
    const second = await renderer.render(smallBook().document, join(folder, 'b.pdf'), {
      signal: unhurried(),
    });
    expect(second.sha256).toBe(first.sha256);
  });

  it('renders the longest report on 1,725 pages with every answer in order, and keeps the caller responsive', async () => {
    const folder = await scratchFolder();
    const { document, answers } = bigDocument(431, (random) => 400 + Math.floor(random() * 400));
    const pagesSeen: number[] = [];
    const before = performance.eventLoopUtilization();
    const done = await renderer.render(document, join(folder, 'big.pdf'), {
      signal: unhurried(),
      onPage: (pages) => pagesSeen.push(pages),
    });
    const { utilization } = performance.eventLoopUtilization(before);
    expect(done.pages).toBe(1725);
    expect(pagesSeen.length).toBeGreaterThan(170);
    expect(pagesSeen.at(-1)).toBe(1725);
    expect(pagesSeen).toEqual(pagesSeen.toSorted((a, b) => a - b));
    // how much of the time this process's loop was busy: 0.14, and 1 if it drew the PDF itself
    expect(utilization).toBeLessThan(0.6);
    const pdf = await openPdf(done.file);
    for (const page of [2, 863, 1725]) {
      const content = await (await pdf.getPage(page)).getTextContent();
      const text = collapse(content.items.map((item) => ('str' in item ? item.str : '')).join(' '));
      for (const answer of answers.slice((page - 2) * 5, (page - 1) * 5)) {
        expect(text).toContain(collapse(answer));
      }
      expect(text).toContain(`${page} of 1725`);
    }
  }, 120_000);

  it('leaves no file behind when aborted half-way, and asks for no more parts', async () => {
    const folder = await scratchFolder();
    const abort = new AbortController();
    const reason = new Error('the report was cancelled');
    let asked = 0;
    async function* endless(): AsyncGenerator<Part> {
      for (;;) yield sheet(`s${asked++}`, ['Still more.']);
    }
    const rendering = renderer.render(
      { info: { ...INFO, pages: 1_000_000 }, parts: endless() },
      join(folder, 'cut.pdf'),
      { signal: abort.signal, onPage: (pages) => pages >= 40 && abort.abort(reason) },
    );
    await expect(rendering).rejects.toBe(reason);
    const askedThen = asked;
    await new Promise((resume) => setImmediate(resume));
    expect(asked).toBe(askedThen);
    expect(await readdir(folder)).toEqual([]);
  });

  it('does not begin if it is already aborted', async () => {
    const folder = await scratchFolder();
    const signal = AbortSignal.abort(new Error('too late'));
    const rendering = renderer.render(smallBook().document, join(folder, 'x.pdf'), { signal });
    await expect(rendering).rejects.toThrow('too late');
    expect(await readdir(folder)).toEqual([]);
  });

  it('passes on an error in the parts, and leaves no file behind', async () => {
    const folder = await scratchFolder();
    async function* failing(): AsyncGenerator<Part> {
      yield sheet('s1', ['One.']);
      throw new Error('the store is away');
    }
    const rendering = renderer.render({ info: INFO, parts: failing() }, join(folder, 'x.pdf'), {
      signal: unhurried(),
    });
    await expect(rendering).rejects.toThrow('the store is away');
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['a link that leads nowhere', [{ kind: 'link', text: 'There', target: 'nowhere' }], null],
    ['fewer pages than promised', [], 3],
  ] as const)('rejects a document with %s', async (_title, extra, pages) => {
    const folder = await scratchFolder();
    const part = sheet('s1', ['One.']);
    const rendering = renderer.render(
      { info: { ...INFO, pages }, parts: each([{ ...part, blocks: [...part.blocks, ...extra] }]) },
      join(folder, 'x.pdf'),
      { signal: unhurried() },
    );
    await expect(rendering).rejects.toMatchObject({ code: 'render' });
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['in mid-render', bigDocument(20, () => 700).document],
    ['at its last bytes', smallBook().document],
  ])('reports a full disk %s, and leaves no file behind', async (_when, document) => {
    const folder = await scratchFolder();
    await symlink('/dev/full', join(folder, 'x.pdf.part'));
    const rendering = renderer.render(document, join(folder, 'x.pdf'), { signal: unhurried() });
    await expect(rendering).rejects.toMatchObject({
      code: 'render',
      cause: { code: 'ENOSPC', syscall: 'write', errno: expect.any(Number) },
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('rejects with code render when its child is killed', async () => {
    const folder = await scratchFolder();
    const children = `/proc/${process.pid}/task/${process.pid}/children`;
    const before = new Set((await readFile(children, 'utf8')).split(' '));
    async function* waiting(): AsyncGenerator<Part> {
      yield sheet('s1', ['One.']);
      const [child] = (await readFile(children, 'utf8'))
        .split(' ')
        .filter((pid) => !before.has(pid));
      process.kill(Number(child), 'SIGKILL');
      await new Promise(() => {}); // the rest never comes
    }
    const rendering = renderer.render(
      { info: { ...INFO, partsPerChunk: 1 }, parts: waiting() },
      join(folder, 'x.pdf'),
      { signal: unhurried() },
    );
    await expect(rendering).rejects.toMatchObject({ code: 'render' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('ends with its parent, and removes the draft', async () => {
    const folder = await scratchFolder();
    const script = fileURLToPath(new URL('./orphaned-parent.ts', import.meta.url));
    const parent = spawn(process.execPath, [script, join(folder, 'x.pdf')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(parent.stdout, 'data');
    expect(await readdir(folder)).toEqual(['x.pdf.part']);
    const gone = new Promise<void>((resolve) => {
      const watcher = watch(folder, () => {
        watcher.close();
        resolve();
      });
    });
    parent.kill('SIGKILL');
    await gone;
    await expect.poll(() => readdir(folder)).toEqual([]);
  });

  it('keeps the file of an earlier render until the new one is complete', async () => {
    const folder = await scratchFolder();
    const file = join(folder, 'book.pdf');
    await renderer.render(smallBook().document, file, { signal: unhurried() });
    const { ino } = await stat(file);
    async function* failing(): AsyncGenerator<Part> {
      yield sheet('s1', ['One.']);
      throw new Error('no more');
    }
    await expect(
      renderer.render({ info: INFO, parts: failing() }, file, { signal: unhurried() }),
    ).rejects.toThrow('no more');
    expect((await stat(file)).ino).toBe(ino);
  });
});

describe('a flowing book', () => {
  it('lists the page of each chapter in its contents, and links there', async () => {
    const folder = await scratchFolder();
    const { document, answers } = smallBook();
    const done = await renderer.render(document, join(folder, 'book.pdf'), { signal: unhurried() });
    const texts = await pageTexts(done.file);
    const contents = texts[1] ?? '';
    const named = [...contents.matchAll(/Chapter \d: [A-Za-z ]+? (\d+)/g)].map((match) =>
      Number(match[1]),
    );
    expect(named).toHaveLength(9);
    for (const page of named) expect(texts[page - 1]).toContain('What do you carry');
    // an answer that fits on a page is not split over two
    for (const [index, answer] of answers.entries()) {
      expect(texts[(named[index] ?? 0) - 1]).toContain(collapse(answer));
    }
    const annotations = await (await (await openPdf(done.file)).getPage(2)).getAnnotations();
    expect(annotations.map((annotation) => annotation.dest)).toContain('c0');
  });

  it('has bookmarks by level, a title, a language and tags', async () => {
    const folder = await scratchFolder();
    const { document } = smallBook();
    const done = await renderer.render(document, join(folder, 'book.pdf'), { signal: unhurried() });
    const pdf = await openPdf(done.file);
    const outline = await pdf.getOutline();
    expect(outline.map((entry) => entry.items.length)).toEqual([0, 0, 0, 2, 2, 2]);
    const { info } = await pdf.getMetadata();
    expect(info).toMatchObject({ Title: 'Life Clarity', Language: 'en' });
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    const tree = await (await pdf.getPage(3)).getStructTree();
    const roles = JSON.stringify(tree);
    for (const role of ['H1', 'P', 'Figure', 'Table', 'TH', 'TD'])
      expect(roles).toContain(`"${role}"`);
    expect(roles).toContain('The natal chart as a wheel');
  });
});
