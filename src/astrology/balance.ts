/** How the planets are spread over the elements and qualities. Each planet counts one. */
import { type Chart, SIGNS, type Sign } from '../domain/sky.ts';

export const ELEMENTS = ['fire', 'earth', 'air', 'water'] as const;
export const QUALITIES = ['cardinal', 'fixed', 'mutable'] as const;

export function elementOf(sign: Sign): (typeof ELEMENTS)[number] {
  return ELEMENTS[SIGNS.indexOf(sign) % 4] ?? 'fire';
}

export function qualityOf(sign: Sign): (typeof QUALITIES)[number] {
  return QUALITIES[SIGNS.indexOf(sign) % 3] ?? 'cardinal';
}

/** @param signs one per planet whose sign is certain */
export function balanceOf(signs: readonly Sign[]): Chart['balance'] {
  const balance: Chart['balance'] = {
    elements: { fire: 0, earth: 0, air: 0, water: 0 },
    qualities: { cardinal: 0, fixed: 0, mutable: 0 },
  };
  for (const sign of signs) {
    balance.elements[elementOf(sign)] += 1;
    balance.qualities[qualityOf(sign)] += 1;
  }
  return balance;
}
