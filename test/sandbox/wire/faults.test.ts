import { describe, expect, it } from 'vitest';
import { createFaults } from '../../../sandbox/wire/faults.ts';

const KINDS = ['503', 'slow'] as const;

describe('faults', () => {
  it('hits the next request once if no count is given', () => {
    const faults = createFaults(KINDS, 1);
    faults.order({ kind: '503' });
    expect(faults.meet('a')?.kind).toBe('503');
    expect(faults.meet('a')).toBeNull();
  });

  it('hits only requests that contain the match, as often as the count says', () => {
    const faults = createFaults(KINDS, 1);
    faults.order({ kind: '503', count: 2, match: 'part 2' });
    expect(
      ['part 1', 'part 2', 'part 3', 'part 2', 'part 2'].map((at) => faults.meet(at)?.kind),
    ).toEqual([undefined, '503', undefined, '503', undefined]);
  });

  it('lets the first ones pass when told to, whatever other faults hit', () => {
    const faults = createFaults(KINDS, 1);
    faults.order({ kind: '503', after: 1 });
    faults.order({ kind: 'slow', after: 2, match: 'a' });
    expect(['a', 'a', 'b', 'a', 'a'].map((at) => faults.meet(at)?.kind)).toEqual([
      undefined,
      '503',
      undefined,
      'slow',
      undefined,
    ]);
  });

  it('hits the same requests at random for the same seed, in any order', () => {
    const requests = Array.from({ length: 400 }, (_, index) => `request ${index}`);
    const met = (seed: number, order: string[]): string[] => {
      const faults = createFaults(KINDS, 1);
      faults.order({ kind: '503', probability: 0.1, seed });
      return order.filter((request) => faults.meet(request) !== null).sort();
    };
    const forwards = met(7, requests);
    expect(met(7, requests.toReversed())).toEqual(forwards);
    expect(met(8, requests)).not.toEqual(forwards);
    expect(forwards.length).toBeGreaterThan(20);
    expect(forwards.length).toBeLessThan(65);
  });

  it('draws again when the same request is repeated, so that a retry can pass', () => {
    const faults = createFaults(KINDS, 1);
    faults.order({ kind: '503', probability: 0.5 });
    const draws = Array.from({ length: 40 }, () => faults.meet('same')?.kind);
    expect(new Set(draws)).toEqual(new Set(['503', undefined]));
  });

  it('names the known kinds when asked for another', () => {
    expect(() => createFaults(KINDS, 1).order({ kind: 'flood' })).toThrow('503, slow');
    expect(() => createFaults(KINDS, 1).order({ kind: 'slow', ms: 'long' })).toThrow('ms');
  });

  it('forgets every order when cleared', () => {
    const faults = createFaults(KINDS, 1);
    faults.order({ kind: '503', probability: 1 });
    faults.clear();
    expect(faults.meet('a')).toBeNull();
  });
});
