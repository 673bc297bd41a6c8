/** Triggers inside the database, which see each write from any process. */
import { DatabaseSync } from 'node:sqlite';
import type { Witnessed } from './witnessed.ts';

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

/** @returns a function that counts what they saw */
export function watchDatabase(file: string): () => Promise<Witnessed> {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  database.exec(TRIGGERS);
  database.close();
  return async () => {
    const log = new DatabaseSync(file, { timeout: 5_000, readOnly: true });
    const count = log.prepare('SELECT count(*) AS n FROM chaos_log WHERE what = ?');
    const [rewritten, stale] = ['section', 'stale'].map((what) => Number(count.get(what)?.n ?? 0));
    log.close();
    return { sectionsRewritten: rewritten ?? 0, staleWrites: stale ?? 0 };
  };
}
