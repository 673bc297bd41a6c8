/** Moves glyphs on a circle just far enough apart that none overlap: stelliums stay readable. */
import { normalise } from '../../astrology/angle.ts';

/**
 * Least squares: the returned angles keep their order and at least `gap` between neighbours, and
 * are together as close to the wished angles as possible (pool adjacent violators; Barlow et al.,
 * Statistical Inference under Order Restrictions, 1972).
 * @param wished degrees, any order @param gap degrees; `wished.length * gap` must be below 360
 * @returns degrees 0-360, one for each wished angle
 */
export function spread(wished: readonly number[], gap: number): number[] {
  if (wished.length * gap >= 360) throw new RangeError('more glyphs than the circle has room for');
  const order = wished.map((angle, index) => ({ index, angle: normalise(angle) }));
  order.sort((left, right) => left.angle - right.angle || left.index - right.index);
  // cut the circle open at its widest gap: nothing is pushed across the cut
  const start = widestGap(order.map(({ angle }) => angle));
  const line = [...order.slice(start), ...order.slice(0, start)];
  const first = line[0]?.angle ?? 0;
  // with k gaps subtracted from the k-th angle, "at least a gap apart" becomes "does not fall"
  const targets = line.map(({ angle }, k) => normalise(angle - first) - k * gap);
  const risen = nonFalling(targets);
  const shown = new Array<number>(wished.length).fill(0);
  line.forEach(({ index }, k) => {
    shown[index] = normalise(first + (risen[k] ?? 0) + k * gap);
  });
  return shown;
}

/** @returns index of the angle after the widest gap */
function widestGap(sorted: readonly number[]): number {
  let widest = -1;
  let start = 0;
  sorted.forEach((angle, index) => {
    const before = sorted[index - 1] ?? (sorted.at(-1) ?? 0) - 360;
    if (angle - before > widest) {
      widest = angle - before;
      start = index;
    }
  });
  return start;
}

/** The closest sequence that never falls. */
function nonFalling(targets: readonly number[]): number[] {
  const blocks: { sum: number; count: number }[] = [];
  for (const target of targets) {
    let block = { sum: target, count: 1 };
    for (
      let before = blocks.at(-1);
      before !== undefined && before.sum / before.count > block.sum / block.count;
      before = blocks.at(-1)
    ) {
      blocks.pop();
      block = { sum: before.sum + block.sum, count: before.count + block.count };
    }
    blocks.push(block);
  }
  return blocks.flatMap(({ sum, count }) => new Array<number>(count).fill(sum / count));
}
