import { describe, expect, it } from 'vitest';
import { zoomKeys, zoomOver, zoomStill } from './zoom.ts';

const SIZES = [
  { width: 854, height: 480 },
  { width: 1280, height: 720 },
  { width: 1080, height: 1920 },
];

/** What each key frame shows of the still, in pixels across, and how wide it was shown. */
function viewsAcross(filters: string, shown: number): number[] {
  return [...filters.matchAll(/crop=(\d+):\d+:exact=1,scale=(\d+):/g)].map(
    ([, cut, scaled]) => (Number(cut) / Number(scaled)) * shown,
  );
}

describe('a zoom', () => {
  for (const size of SIZES) {
    it(`shows in each key frame what it should to a tenth of a pixel at ${size.width} × ${size.height}`, () => {
      const zoom = zoomOver('in', 160, size);
      const views = viewsAcross(zoomKeys(zoom, { start: 0, end: 160 }, size).join(';'), size.width);
      expect(views.length).toBeGreaterThan(10);
      const widest = views[0] ?? expect.fail();
      for (const [key, view] of views.entries()) {
        // Each edge comes in by a ten-thousandth of the picture a frame; a pixel of the still is about a pixel shown.
        expect(Math.abs(view - widest * (1 - 2 * 0.0001 * key * zoom.keyEvery)) / 2).toBeLessThan(0.1);
      }
    });
  }

  it('cuts nothing that lies outside of the still', () => {
    const size = { width: 1280, height: 720 };
    const still = Number(/scale=(\d+):/.exec(zoomStill(size))?.[1]);
    const filters = zoomKeys(zoomOver('out', 200, size), { start: 0, end: 200 }, size).join(';');
    const cuts = [...filters.matchAll(/crop=(\d+):\d+:exact=1/g)].map(([, cut]) => Number(cut));
    expect(Math.max(...cuts)).toBeLessThanOrEqual(still);
    expect(Math.min(...cuts)).toBeGreaterThanOrEqual(size.width);
  });

  it('cuts off no more than a twentieth of the picture at a side', () => {
    const size = { width: 1280, height: 720 };
    const still = Number(/scale=(\d+):/.exec(zoomStill(size))?.[1]);
    const filters = zoomKeys(zoomOver('in', 1_000, size), { start: 0, end: 1_000 }, size).join(';');
    const narrowest = Math.min(...viewsAcross(filters, size.width));
    expect((still - narrowest) / still / 2).toBeLessThan(0.05);
  });

  it('needs no more than some forty key frames, however long it lasts', () => {
    const size = { width: 1280, height: 720 };
    const filters = zoomKeys(zoomOver('in', 5_000, size), { start: 0, end: 5_000 }, size).join(';');
    expect(viewsAcross(filters, size.width).length).toBeLessThan(45);
  });
});
