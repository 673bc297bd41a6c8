/**
 * Writes src/astrology/data/zone-history.json: the clock history of the zones that Node's own
 * time-zone data merges with a neighbour's (Oslo with Berlin, Reykjavik with Abidjan, …). And
 * zone-beginnings.json: when each zone got its first standard time, and other names of zones.
 *
 * Source: the IANA time zone database (public domain) compiled with its `backzone` file, as
 * Debian's package `tzdata` installs it. Usage: node scripts/build-zone-history.ts [zoneinfo folder]
 */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { icuOffsetAt } from '../src/astrology/zone-offset.ts';

type Transition = [second: number, offset: number];

const folder = process.argv[2] ?? '/usr/share/zoneinfo';
const target = new URL('../src/astrology/data/zone-history.json', import.meta.url);
const FROM = Date.UTC(1799, 0, 1) / 1000;
// later differences come from the edition, and Node's is newer
const TO = Date.UTC(2020, 0, 1) / 1000;
const GRID = 10 * 86_400;

interface ZoneFile {
  transitions: Transition[];
  /** when the zone's first standard time began: until then it is "LMT", or "-00" where tzdb knows none */
  beginning: { at: number; before: number } | null;
}

/** TZif version 2 and up, RFC 9636: the second block has 64-bit times. */
function readZone(path: string): ZoneFile {
  const file = readFileSync(path);
  if (file.toString('latin1', 0, 4) !== 'TZif') throw new Error(`${path} is not a TZif file`);
  const counts = (at: number) => [0, 1, 2, 3, 4, 5].map((i) => file.readUInt32BE(at + 20 + 4 * i));
  const [utc = 0, wall = 0, leaps = 0, times = 0, types = 0, chars = 0] = counts(0);
  const second = 44 + times * 5 + types * 6 + chars + leaps * 8 + wall + utc;
  const [, , , count = 0, typeCount = 0] = counts(second);
  const start = second + 44;
  const typesAt = start + count * 9;
  const offsetOf = (type: number) => file.readInt32BE(typesAt + type * 6);
  const nameOf = (type: number) => {
    const name = typesAt + typeCount * 6 + file.readUInt8(typesAt + type * 6 + 5);
    return file.toString('latin1', name, file.indexOf(0, name));
  };
  const isStandard = (type: number) => !['LMT', '-00'].includes(nameOf(type));
  const found: Transition[] = [[FROM, offsetOf(0)]];
  let beginning: ZoneFile['beginning'] = null;
  let begun = isStandard(0);
  for (let i = 0; i < count; i += 1) {
    const at = Number(file.readBigInt64BE(start + i * 8));
    const type = file.readUInt8(start + count * 8 + i);
    const offset = offsetOf(type);
    if (!begun && isStandard(type)) {
      begun = true;
      beginning = { at, before: found.at(-1)?.[1] ?? 0 };
    }
    if (at > FROM && found.at(-1)?.[1] !== offset) found.push([at, offset]);
  }
  return { transitions: found, beginning };
}

function tableOffset(transitions: Transition[], at: number): number {
  return transitions.findLast(([from]) => from <= at)?.[1] ?? transitions[0]?.[1] ?? 0;
}

/** @returns the last second at which Node differs, or null if it never does */
function lastDifference(zone: string, transitions: Transition[]): number | null {
  const instants = transitions.flatMap(([at]) => [at - 1, at]);
  for (let at = FROM; at < TO; at += GRID) instants.push(at);
  const wrong = instants.filter(
    (at) => at < TO && icuOffsetAt(zone, at * 1000) !== tableOffset(transitions, at),
  );
  return wrong.length === 0 ? null : Math.max(...wrong);
}

const mentioned = new Set(Intl.supportedValuesOf('timeZone'));
const tab = readFileSync(join(folder, 'tzdata.zi'), 'utf8').split('\n');
for (const line of tab) {
  const [kind, a, b] = line.split(' ');
  if (kind === 'Z' && a) mentioned.add(a);
  if (kind === 'L' && b) mentioned.add(b);
}

const history: Record<string, { until: number; transitions: Transition[] } | string> = {};
const seen = new Map<string, string>();
for (const zone of [...mentioned].sort()) {
  const path = join(folder, zone);
  if (!existsSync(path) || !statSync(path).isFile() || !zone.includes('/')) continue;
  const { transitions } = readZone(path);
  const last = lastDifference(zone, transitions);
  if (last === null) continue;
  // Node is right from the table's first change after the last difference
  const until = transitions.find(([at]) => at > last)?.[0] ?? last + GRID;
  const entry = { until, transitions: transitions.filter(([at]) => at < until) };
  const key = JSON.stringify(entry);
  const twin = seen.get(key);
  history[zone] = twin ?? entry;
  if (twin === undefined) seen.set(key, zone);
}
const lines = Object.entries(history).map(
  ([zone, entry]) => `${JSON.stringify(zone)}:${JSON.stringify(entry)}`,
);
writeFileSync(target, `{\n${lines.join(',\n')}\n}\n`);
console.log(
  `${lines.length} zones differ; wrote ${target.pathname} (ICU ${process.versions.icu}, tz ${process.versions.tz}; ${tab[0]})`,
);

/**
 * A change at a full hour of the old clock came at each place's own hour; any other (in 1883, noon of
 * the new time in all of North America) came at one instant.
 */
const official = new Set(
  readFileSync(join(folder, 'zone.tab'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t')[2] ?? ''),
);
const byLocal: Record<string, number> = {};
const byUtc: Record<string, number> = {};
const sameAs = new Map<string, string>();
for (const zone of [...official].sort()) {
  const path = join(folder, zone);
  sameAs.set(readFileSync(path, 'latin1'), zone);
  const { beginning } = readZone(path);
  if (beginning === null) continue;
  const local = beginning.at + beginning.before;
  if (local % 3_600 === 0) byLocal[zone] = local;
  else byUtc[zone] = beginning.at;
}
const otherNames: Record<string, string> = {};
for (const zone of [...mentioned].sort()) {
  const path = join(folder, zone);
  if (official.has(zone) || !existsSync(path) || !statSync(path).isFile()) continue;
  const twin = sameAs.get(readFileSync(path, 'latin1'));
  if (twin !== undefined) otherNames[zone] = twin;
}
const beginnings = new URL('zone-beginnings.json', target);
const parts = Object.entries({ byLocal, byUtc, otherNames }).map(
  ([name, part]) => `${JSON.stringify(name)}:${JSON.stringify(part)}`,
);
writeFileSync(beginnings, `{\n${parts.join(',\n')}\n}\n`);
console.log(
  `${Object.keys(byLocal).length} zones began at their own hour, ${Object.keys(byUtc).length} at one instant; ` +
    `${Object.keys(otherNames).length} other names`,
);
