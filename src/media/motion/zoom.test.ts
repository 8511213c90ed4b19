import { describe, expect, it } from 'vitest';
import { zoomKeys, zoomOver, zoomStill } from './zoom.ts';

const SIZES = [
  { width: 854, height: 480 },
  { width: 1280, height: 720 },
  { width: 1080, height: 1920 },
];

/** The part of the still that each key frame shows, in pixels across, and its displayed width. */
function viewsAcross(filters: string, shown: number): number[] {
  return [...filters.matchAll(/crop=(\d+):\d+:exact=1,scale=(\d+):/g)].map(
    ([, cut, scaled]) => (Number(cut) / Number(scaled)) * shown,
  );
}

describe('The zoom', () => {
  for (const size of SIZES) {
    it(`is exact to a tenth of a pixel in each key frame at ${size.width} × ${size.height}`, () => {
      const zoom = zoomOver('in', 160, size);
      const views = viewsAcross(zoomKeys(zoom, { start: 0, end: 160 }, size).join(';'), size.width);
      expect(views.length).toBeGreaterThan(10);
      const widest = views[0] ?? expect.fail();
      for (const [key, view] of views.entries()) {
        // Each edge moves in by a ten-thousandth of the picture per frame; a pixel of the still is about a displayed
        // pixel.
        expect(Math.abs(view - widest * (1 - 2 * 0.0001 * key * zoom.keyEvery)) / 2).toBeLessThan(0.1);
      }
    });
  }

  it('never crops outside of the still', () => {
    const size = { width: 1280, height: 720 };
    const still = Number(/scale=(\d+):/.exec(zoomStill(size))?.[1]);
    const filters = zoomKeys(zoomOver('out', 200, size), { start: 0, end: 200 }, size).join(';');
    const cuts = [...filters.matchAll(/crop=(\d+):\d+:exact=1/g)].map(([, cut]) => Number(cut));
    expect(Math.max(...cuts)).toBeLessThanOrEqual(still);
    expect(Math.min(...cuts)).toBeGreaterThanOrEqual(size.width);
  });

  it('cuts off at most a twentieth of the picture on each side', () => {
    const size = { width: 1280, height: 720 };
    const still = Number(/scale=(\d+):/.exec(zoomStill(size))?.[1]);
    const filters = zoomKeys(zoomOver('in', 1_000, size), { start: 0, end: 1_000 }, size).join(';');
    const narrowest = Math.min(...viewsAcross(filters, size.width));
    expect((still - narrowest) / still / 2).toBeLessThan(0.05);
  });

  it('needs at most about forty key frames, whatever its duration', () => {
    const size = { width: 1280, height: 720 };
    const filters = zoomKeys(zoomOver('in', 5_000, size), { start: 0, end: 5_000 }, size).join(';');
    expect(viewsAcross(filters, size.width).length).toBeLessThan(45);
  });
});
