/** Triggers inside the database: they see each write, whichever process it came from. */
import { existsSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const TRIGGERS = `
CREATE TABLE IF NOT EXISTS chaos_log (what TEXT NOT NULL, key TEXT NOT NULL);
CREATE TRIGGER IF NOT EXISTS chaos_section AFTER UPDATE ON sections
BEGIN INSERT INTO chaos_log VALUES ('section', new.key); END;
CREATE TRIGGER IF NOT EXISTS chaos_fence AFTER UPDATE ON reports
WHEN new.doc ->> '$.fence' < old.doc ->> '$.fence'
BEGIN INSERT INTO chaos_log VALUES ('stale', new.key); END;
CREATE TRIGGER IF NOT EXISTS chaos_ended AFTER UPDATE ON reports
WHEN old.doc ->> '$.state' IN ('delivered', 'cancelled') AND new.doc ->> '$.state' <> old.doc ->> '$.state'
BEGIN INSERT INTO chaos_log VALUES ('stale', new.key); END;
CREATE TRIGGER IF NOT EXISTS chaos_order AFTER UPDATE ON orders
WHEN old.doc ->> '$.state' IN ('fulfilled', 'cancelled') AND new.doc ->> '$.state' <> old.doc ->> '$.state'
BEGIN INSERT INTO chaos_log VALUES ('stale', new.key); END;
`;

export function watchDatabase(file: string): void {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  database.exec(TRIGGERS);
  database.close();
}

export interface Witnessed {
  sectionsRewritten: number;
  staleWrites: number;
}

/** @param witnessFile what the stores themselves wrote down: see witnessed-reports.ts */
export function readWitness(file: string, witnessFile: string): Witnessed {
  const database = new DatabaseSync(file, { timeout: 5_000, readOnly: true });
  const count = database.prepare('SELECT count(*) AS n FROM chaos_log WHERE what = ?');
  const counted = (what: string): number => Number(count.get(what)?.n ?? 0);
  const found = { sectionsRewritten: counted('section'), staleWrites: counted('stale') };
  database.close();
  const lines = existsSync(witnessFile) ? readFileSync(witnessFile, 'utf8').trim().split('\n') : [];
  return { ...found, staleWrites: found.staleWrites + lines.length };
}
