import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'almanac-open-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'a-file');
writeFileSync(file, 'no database, but long enough to be looked into. '.repeat(9));

describe.concurrent('the error for a store that cannot be opened names DATABASE_URL and its path', () => {
  test.each([
    ['below a file', `sqlite:${file}/almanac.db`, /a-file\/almanac\.db: .*unable to open/],
    ['a file that is not a database', `sqlite:${file}`, /a-file: file is not a database/],
    ['a folder', `sqlite:${folder}`, /unable to open/],
    ['a server that is away', 'mongodb://ada:secret@127.0.0.1:1/x', / 127\.0\.0\.1:1: MongoDB/],
    ['an invalid address', 'mongodb://ada:sec@ret@a.example,b:99/x?y=1', / a\.example,b:99: /],
  ])('%s', async (_, url, told) => {
    const fault = await openStore(url).then(
      () => null,
      (error: unknown) => error,
    );
    expect(fault).toMatchObject({
      code: 'store_unavailable',
      message: expect.stringMatching(/^DATABASE_URL: cannot open the store at/),
    });
    expect(String(fault)).toMatch(told);
    expect(String(fault)).not.toMatch(/ada|sec/);
  });
});
