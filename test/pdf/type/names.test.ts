import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Part } from '../../../src/domain/document.ts';
import { seenWords } from '../../../src/domain/typed-words.ts';
import { createPdfRenderer } from '../../../src/pdf/process/renderer.ts';
import { unprintable } from '../../../src/pdf/type/choose-fonts.ts';
import { forPrint } from '../../../src/products/shared/customer-words.ts';
import { asCopied, type CopiedLine, linesOf } from '../read-lines.ts';
import { readPaper } from '../read-objects.ts';
import { scratchFolder, unhurried } from '../rendering.ts';
import { each, INFO } from '../sample-documents.ts';
import NAMES from './names.json' with { type: 'json' };

/** A sample of `npm run check:long -- names`, by script. */
const OTHERS =
  'Ольга Ελένη Ĵoão Łukasz Đặng İpek O’Brien Նարեկ გიორგი דָּוִד علی‌رضا ئازاد اُردو प्रियङ्का রবীন্দ্রনাথ ਗੁਰਪ੍ਰੀਤ જયેશ ପ୍ରିୟଙ୍କା யாழினி శ్రీనివాస్ ಶ್ರೀನಿವಾಸ ശ്രീലക്ഷ്മി ශ්‍රී ณัฐพล ສົມສັກ བསྟན་འཛིན မောင်မောင် សុខា ᏍᏏᏉᏯ ᐊᓗᑎ ᠴᠢᠩᠭᠢᠰ ትዕግሥት 김민준 さくら サクラ 田中 陳 𠮷田 ޢަލީ ܐܦܪܝܡ ⵉⴷⵉⵔ ꕉꔤ ꦱꦸꦏꦂꦤ 𐓏𐓘𐓻𐓘 ᱥᱟᱱᱛᱟᱲ ꆈꌠ ŋ̃ɔ́ Ł’ı̨ Sx̱wx̱wú7mesh 🌙 👨‍👩‍👧'.split(
    ' ',
  );

let lines: CopiedLine[] = [];
const all = [...NAMES.map(({ name }) => name), ...OTHERS];

beforeAll(async () => {
  const file = join(await scratchFolder(), 'names.pdf');
  const parts = all.map((name, index): Part => {
    const blocks: Part['blocks'] = [{ kind: 'paragraph', style: 'body', text: forPrint(name) }];
    return { id: `n${index}`, layout: 'cover', outline: [], head: '', blocks };
  });
  const document = { info: { ...INFO, pages: all.length }, parts: each(parts) };
  await createPdfRenderer().render(document, file, { signal: unhurried() });
  const paper = await readPaper(file);
  const pages = paper.list(paper.dict(paper.catalogue.Pages).Kids).map((page) => paper.dict(page));
  lines = pages.map((page) => linesOf(paper, page)[0] ?? { actual: '', mapped: '' });
});

describe('a name', () => {
  it.each(NAMES)('is printed and copied as it was typed: $name', ({ name, copied }) => {
    const line = lines[all.indexOf(name)];
    expect(unprintable(seenWords(name))).toEqual([]);
    expect(asCopied(line?.actual ?? '').trim()).toBe(copied ?? name.normalize('NFC'));
    expect(asCopied(line?.mapped ?? '').trim()).toBe(copied ?? name.normalize('NFC'));
  });

  it.each(OTHERS)('of any script of our customers is printed and copied: %s', (name) => {
    const line = lines[all.indexOf(name)];
    expect(unprintable(name)).toEqual([]);
    expect(asCopied(line?.actual ?? '').trim()).toBe(name.normalize('NFC'));
    expect(asCopied(line?.mapped ?? '').trim()).toBe(name.normalize('NFC'));
  });
});
