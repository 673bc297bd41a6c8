import { expect, test } from 'vitest';
import { createPageProgress } from '../../workers/page-progress.ts';

test('records pages one write at a time, and not more often than the interval', async () => {
  let now = 0;
  const written: number[] = [];
  const release: (() => void)[] = [];
  const write = (pages: number) => {
    written.push(pages);
    return new Promise<void>((resolve) => release.push(resolve));
  };
  const progress = createPageProgress(write, 500, () => new Date(now));
  progress.drawn(10);
  now = 600;
  progress.drawn(20); // the first is not written yet
  release.shift()?.();
  await progress.settled();
  now = 700;
  progress.drawn(30);
  now = 900;
  progress.drawn(40); // too soon after the last
  release.shift()?.();
  await progress.settled();
  now = 1_300;
  progress.drawn(50);
  expect(written).toEqual([10, 30, 50]);
});

test('ignores a failed write, so that the render continues', async () => {
  const progress = createPageProgress(
    () => Promise.reject(new Error('the store is away')),
    0,
    () => new Date(0),
  );
  progress.drawn(10);
  await expect(progress.settled()).resolves.toBeUndefined();
});
