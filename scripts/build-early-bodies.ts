/**
 * Writes src/astrology/data/early-bodies.json: Chiron before 1850, where caelus's data begins, and
 * Pluto before 1886, where the series that caelus uses (Meeus, ch. 37) leaves its range and is soon
 * half a degree off. Their orbits are integrated backwards from good years under the pull of the
 * Sun and the four giants (caelus's VSOP87). Later years are caelus's own.
 * Usage: node scripts/build-early-bodies.ts
 */
import { writeFileSync } from 'node:fs';
import { ChebSeries, Engine, plutoHeliocentric, precessEcliptic, vsopHeliocentric } from 'caelus';
import { loadNodeData } from 'caelus/node';

type Vector = [number, number, number];
interface State {
  jd: number;
  position: Vector;
  velocity: Vector;
}

const J2000 = 2_451_545;
/** Gauss's constant squared, AU^3/day^2. */
const GM_SUN = 0.01720209895 ** 2;
/** The inner planets count as part of the Sun: they circle far inside Chiron's orbit. */
const GM_CENTRE = GM_SUN * (1 + 5.98e-6);
/** Mass of the Sun divided by that of each system (IAU 1976 to 2009, as in DE405). */
const GIANTS = { jupiter: 1047.3486, saturn: 3497.898, uranus: 22902.98, neptune: 19412.24 };
const STEP = 8; // days
const NODES = 13;
const SEGMENT_DAYS = 2922;
/** 1850-01-01, where caelus's Chiron begins; segments are counted from there. */
const ORIGIN = 2_396_758.5;
const FIRST_SEGMENT = -7; // 1793

const { data } = new Engine(loadNodeData(process.argv[2] ?? 'node_modules/caelus/data'));
if (!data.chiron) throw new Error('caelus has no data for Chiron');
const series = new ChebSeries(data.chiron);
const chironAt = (jd: number): Vector => series.xyz(jd);
const plutoAt = (jd: number): Vector => {
  const [l, b, r] = plutoHeliocentric(data, jd);
  return cartesian(l, b, r);
};

reportMiss('Chiron', chironAt, { from: segmentStart(8), arc: 1500, to: ORIGIN + 1 });
reportMiss('Pluto', plutoAt, { from: segmentStart(17), arc: 9000, to: segmentStart(5) });

const early = {
  // until 1850; after that caelus's own segments apply
  chiron: segmentsOf(chironAt, { from: segmentStart(1), arc: 1500, known: 0, last: 0 }),
  // integrated until 1890, then sampled until 2114: it replaces the series completely
  pluto: segmentsOf(plutoAt, { from: segmentStart(5) + 100, arc: 9000, known: 5, last: 33 }),
};
writeFileSync(
  new URL('../src/astrology/data/early-bodies.json', import.meta.url),
  `${JSON.stringify(early)}\n`,
);

/** Chebyshev segments: integrated before segment `known`, sampled from there up to `last`. */
function segmentsOf(
  known: (jd: number) => Vector,
  plan: { from: number; arc: number; known: number; last: number },
) {
  let state = stateAt(known, plan.from, plan.arc);
  const segments: number[][][] = [];
  for (let i = plan.last - 1; i >= FIRST_SEGMENT; i -= 1) {
    const values: Vector[] = [];
    // nodes from the latest to the earliest, because time runs backwards
    for (let node = 0; node < NODES; node += 1) {
      const x = Math.cos((Math.PI * (node + 0.5)) / NODES);
      const jd = segmentStart(i) + ((x + 1) / 2) * SEGMENT_DAYS;
      if (i < plan.known) state = integrate(state, jd);
      values.push(i < plan.known ? state.position : known(jd));
    }
    segments.unshift(
      [0, 1, 2].map((axis) => coefficientsOf(values.map((value) => value[axis] ?? 0))),
    );
  }
  return { jd0: segmentStart(FIRST_SEGMENT), seg_days: SEGMENT_DAYS, segments };
}

function segmentStart(index: number): number {
  return ORIGIN + index * SEGMENT_DAYS;
}

/** How far a backwards integration ends from known positions, in arcseconds from the Sun. */
function reportMiss(
  name: string,
  known: (jd: number) => Vector,
  { from, arc, to }: { from: number; arc: number; to: number },
): void {
  const expected = known(to);
  const miss = length(subtract(integrate(stateAt(known, from, arc), to).position, expected));
  const years = ((from - to) / 365.25).toFixed(0);
  console.log(
    `${name}, ${years} years back: ${((miss / length(expected)) * 206_265).toFixed(2)}" off`,
  );
}

/** Position and velocity at a time. The velocity is the one that leads to the known place `arc` days later. */
function stateAt(known: (jd: number) => Vector, jd: number, arc: number): State {
  const position = known(jd);
  let velocity = add([0, 0, 0], subtract(known(jd + 1), known(jd - 1)), 0.5);
  for (let round = 0; round < 12; round += 1) {
    const reached = integrate({ jd, position, velocity }, jd + arc).position;
    velocity = add(velocity, subtract(known(jd + arc), reached), 1 / arc);
  }
  return { jd, position, velocity };
}

/** Fourth-order Runge-Kutta. The last step is cut to end on time. */
function integrate(from: State, to: number): State {
  let { jd, position, velocity } = from;
  while (jd !== to) {
    const h = Math.abs(to - jd) <= STEP ? to - jd : Math.sign(to - jd) * STEP;
    const a1 = pull(jd, position);
    const v2 = add(velocity, a1, h / 2);
    const a2 = pull(jd + h / 2, add(position, velocity, h / 2));
    const v3 = add(velocity, a2, h / 2);
    const a3 = pull(jd + h / 2, add(position, v2, h / 2));
    const v4 = add(velocity, a3, h);
    const a4 = pull(jd + h, add(position, v3, h));
    const mean = (a: Vector, b: Vector, c: Vector, d: Vector): Vector =>
      vector(
        [0, 1, 2].map((i) => ((a[i] ?? 0) + 2 * (b[i] ?? 0) + 2 * (c[i] ?? 0) + (d[i] ?? 0)) / 6),
      );
    position = add(position, mean(velocity, v2, v3, v4), h);
    velocity = add(velocity, mean(a1, a2, a3, a4), h);
    jd = h === to - jd ? to : jd + h;
  }
  return { jd, position, velocity };
}

/** Acceleration in AU/day^2, heliocentric: each giant's pull minus its pull on the Sun. */
function pull(jd: number, position: Vector): Vector {
  let total = add([0, 0, 0], position, -GM_CENTRE / length(position) ** 3);
  for (const [name, share] of Object.entries(GIANTS)) {
    const giant = giantAt(name, jd);
    const away = subtract(giant, position);
    total = add(total, away, GM_SUN / share / length(away) ** 3);
    total = add(total, giant, -GM_SUN / share / length(giant) ** 3);
  }
  return total;
}

function giantAt(name: string, jd: number): Vector {
  const terms = data.vsop[name];
  if (!terms) throw new Error(`caelus has no data for ${name}`);
  const [lon, lat, r] = vsopHeliocentric(terms, jd);
  const [l, b] = precessEcliptic(lon, lat, jd, J2000);
  return cartesian(l, b, r);
}

function cartesian(l: number, b: number, r: number): Vector {
  return [r * Math.cos(b) * Math.cos(l), r * Math.cos(b) * Math.sin(l), r * Math.sin(b)];
}

/** Chebyshev coefficients from values at the nodes. */
function coefficientsOf(values: readonly number[]): number[] {
  return values.map((_, j) => {
    const sum = values.reduce(
      (total, value, k) => total + value * Math.cos((Math.PI * j * (k + 0.5)) / NODES),
      0,
    );
    return Number((((j === 0 ? 1 : 2) / NODES) * sum).toPrecision(10));
  });
}

function vector([x = 0, y = 0, z = 0]: readonly number[]): Vector {
  return [x, y, z];
}
function add(a: Vector, b: Vector, factor: number): Vector {
  return [a[0] + b[0] * factor, a[1] + b[1] * factor, a[2] + b[2] * factor];
}
function subtract(a: Vector, b: Vector): Vector {
  return add(a, b, -1);
}
function length(a: Vector): number {
  return Math.hypot(...a);
}
