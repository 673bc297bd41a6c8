import { describe, expect, it } from 'vitest';
import { spread } from '../../../src/products/shared/spread.ts';

const GAP = 10;

function nearest(angles: readonly number[]): number {
  const sorted = angles.toSorted((left, right) => left - right);
  return Math.min(
    ...sorted.map((angle, index) => (sorted[index + 1] ?? (sorted[0] ?? 0) + 360) - angle),
  );
}

describe('spread', () => {
  it('leaves bodies alone that are far enough apart', () => {
    const angles = [350, 20, 200, 100];
    expect(spread(angles, GAP)).toEqual(angles);
  });

  it('moves two bodies that meet apart, each by the same amount, also across 0°', () => {
    const shown = spread([359, 1], GAP);
    expect(shown[0]).toBeCloseTo(355, 9);
    expect(shown[1]).toBeCloseTo(5, 9);
  });

  it('keeps equal angles in the order given', () => {
    expect(spread([90, 90, 90], GAP).map(Math.round)).toEqual([80, 90, 100]);
  });

  it('keeps the gaps and the order for any thirteen bodies', () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    for (let round = 0; round < 2_000; round += 1) {
      // from a few degrees to the whole circle
      const width = random() * 360;
      const wished = Array.from({ length: 13 }, () => (300 + random() * width) % 360);
      const shown = spread(wished, GAP);
      expect(nearest(shown)).toBeGreaterThan(GAP - 1e-9);
      const order = (angles: readonly number[]) => {
        const indexes = angles.map((_, index) => index);
        indexes.sort((left, right) => (angles[left] ?? 0) - (angles[right] ?? 0));
        const first = indexes.indexOf(0);
        return [...indexes.slice(first), ...indexes.slice(0, first)];
      };
      expect(order(shown)).toEqual(order(wished));
    }
  });

  it('refuses more bodies than the circle has room for', () => {
    expect(() => spread(Array(36).fill(0), GAP)).toThrow(RangeError);
  });
});
