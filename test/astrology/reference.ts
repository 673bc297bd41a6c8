/** Reference figures, computed with Swiss Ephemeris 2.10.03 and tzdb 2025b. Data only. */
import { readFileSync } from 'node:fs';

const FOLDER = new URL('./reference/', import.meta.url);

/** The rows of a CSV file, keyed by column name. */
export function readRows(file: string): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(new URL(file, FOLDER), 'utf8').trim().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
}

export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
}

/** The shorter arc between two longitudes, arcseconds. */
export function arcseconds(a: number, b: number): number {
  return Math.abs(((((a - b + 540) % 360) + 360) % 360) - 180) * 3600;
}
