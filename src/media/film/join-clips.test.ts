import { expect, it } from 'vitest';
import { clipList } from './join-clips.ts';

it('The clip list keeps a path with a quote as one path', () => {
  const list = clipList([{ path: "/tmp/Ann's film/a.mp4", frames: 25 }], 25);
  expect(list).toBe("file 'file:/tmp/Ann'\\''s film/a.mp4'\nduration 1.000000\n");
});

it('The clip list accumulates no rounding error, though no clip is a whole number of microseconds', () => {
  const list = clipList(
    Array.from({ length: 300 }, (_, at) => ({ path: `/${at}.mp4`, frames: 7 })),
    30,
  );
  const durations = [...list.matchAll(/duration (\S+)/g)].map(([, seconds]) => Number(seconds));
  expect(durations.reduce((sum, seconds) => sum + seconds, 0)).toBeCloseTo(70, 6);
});
