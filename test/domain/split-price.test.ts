import { expect, test } from 'vitest';
import { splitPrice } from '../../src/domain/split-price.ts';

test('shares follow the weights to the cent, and the largest remainders get what is left', () => {
  // exact: 648.53, 1369.12, 2882.35
  expect(splitPrice(4900, [900, 1900, 4000])).toEqual([649, 1369, 2882]);
  expect(splitPrice(100, [1, 1, 1])).toEqual([34, 33, 33]);
  expect(splitPrice(0, [1, 2])).toEqual([0, 0]);
});

test('shares always add up to the price, and each is within a cent of its exact share', () => {
  for (let total = 0; total < 500; total += 7) {
    const weights = [1 + (total % 13), 5, 17 + (total % 3)];
    const sum = weights.reduce((all, weight) => all + weight, 0);
    const shares = splitPrice(total, weights);
    expect(shares.reduce((all, share) => all + share, 0)).toBe(total);
    shares.forEach((share, index) => {
      expect(Math.abs(share - (total * (weights[index] ?? 0)) / sum)).toBeLessThan(1);
    });
  }
});
