/**
 * Writes src/astrology/data/moon-wide.json.gz: the Moon of 1798-1920 and 2080-2103, before and after
 * the exact Moon in caelus, in the same form. Without it caelus falls back there to a series that is
 * up to 10" off, and 13" for the true node. Source: ELP/MPP02 (Chapront and Francou 2003) from the
 * package astronomia 4.2 (MIT), which is within 0.06" of caelus for the years that both cover.
 *
 * Usage: npm install --no-save astronomia@4.2.0 && node scripts/build-moon.ts
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { ChebSeries } from 'caelus';
import { loadNodeData } from 'caelus/node';

interface Xyz {
  x: number;
  y: number;
  z: number;
}
interface Elp {
  Moon: new (series: object) => { positionXYZ(jde: number): Xyz };
}

const NODES = 25;
const FROM = 2_378_000; // 1798-09
const TO = 2_489_000; // 2102-08

const require = createRequire(`${process.argv[2] ?? process.cwd()}/`);
const { Moon }: Elp = require('astronomia/elp');
const moon = new Moon(require('astronomia/data/elpMppDe').default);

const { moonCheb: known } = loadNodeData('node_modules/caelus/data');
if (!known) throw new Error('caelus has no data for the Moon');
const { jd0, seg_days: days, scale = 1, segments } = known;
const end = jd0 + days * segments.length;
const countBefore = Math.ceil((jd0 - FROM) / days);
const countAfter = Math.ceil((TO - end) / days);

const wide = {
  before: Array.from({ length: countBefore }, (_, i) => segmentAt(jd0 - (countBefore - i) * days)),
  after: Array.from({ length: countAfter }, (_, i) => segmentAt(end + i * days)),
};
console.log(`difference at the seams: ${seam(jd0).toFixed(2)}" and ${seam(end).toFixed(2)}"`);
writeFileSync(
  new URL('../src/astrology/data/moon-wide.json.gz', import.meta.url),
  gzipSync(JSON.stringify(wide), { level: 9 }),
);

/** Chebyshev coefficients of x, y and z, in units of `scale` kilometres, to a metre. */
function segmentAt(start: number): number[][] {
  const values = Array.from({ length: NODES }, (_, node) => {
    const x = Math.cos((Math.PI * (node + 0.5)) / NODES);
    return positionAt(start + ((x + 1) / 2) * days);
  });
  return [0, 1, 2].map((axis) =>
    Array.from({ length: NODES }, (_, j) => {
      const sum = values.reduce(
        (total, value, k) =>
          total + (value[axis] ?? 0) * Math.cos((Math.PI * j * (k + 0.5)) / NODES),
        0,
      );
      return Number((((j === 0 ? 1 : 2) / NODES) * sum).toFixed(6));
    }),
  );
}

function positionAt(jd: number): number[] {
  const { x, y, z } = moon.positionXYZ(jd);
  return [x, y, z].map((kilometres) => kilometres / scale);
}

function seam(jd: number): number {
  const ours = positionAt(jd);
  const theirs = new ChebSeries({ jd0, seg_days: days, scale, segments }).xyz(jd);
  const apart = Math.hypot(...theirs.map((value, i) => value - (ours[i] ?? 0) * scale));
  return (apart / Math.hypot(...theirs)) * 206_265;
}
