import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { requestsFor, type StoredFacts } from './requests.ts';

type Row = StoredFacts & { expected: Awaited<ReturnType<typeof requestsFor>> };
const rows: Row[] = JSON.parse(
  readFileSync(new URL('./unknown-time.json', import.meta.url), 'utf8'),
);

// recorded by the release before facts said what is uncertain; never record them again
it.each(rows.map((row) => [row.subject.birth.date, row] as const))(
  'facts stored before they said what an unknown time leaves open ask and print as they did: %s',
  async (_, row) => {
    expect(await requestsFor(row)).toMatchObject(row.expected);
  },
);
