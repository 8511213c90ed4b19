import { geoArea, geoContains, geoDistance } from 'd3-geo';
import { describe, expect, it } from 'vitest';
import { contrast } from '../../src/drawing/colour.ts';
import { FontBook } from '../../src/drawing/font-book.ts';
import { languageOf } from '../../src/language/language.ts';
import { withViews } from '../../src/overlays/map/map-view.ts';
import { readWorldMap } from '../../src/overlays/map/world-map.ts';
import type { MapLocation, MapOverlay, Overlay } from '../../src/overlays/overlay.ts';
import { SkiaOverlayPainter } from '../../src/overlays/skia-overlay-painter.ts';
import { locationNames } from '../../src/providers/local/cards/locations/country-names.ts';
import { mapInks } from '../../src/providers/local/cards/map-overlays.ts';
import { PALETTE_NAMES, paletteAt } from '../../src/providers/local/cards/palettes.ts';
import type { ImageRequest } from '../../src/providers/ports.ts';
import { constantVoice } from '../helpers/media/constant-voice.ts';
import { drawnTrack } from '../helpers/media/overlays.ts';
import { sceneOverlays } from '../helpers/media/scene-overlays.ts';

const fonts = new FontBook();
const painter = new SkiaOverlayPainter(fonts);
const world = readWorldMap();
const RATE = 25;

const SIZES = [
  [854, 480],
  [480, 854],
  [480, 480],
] as const;

const NARRATIONS = [
  ['en', 'In Japan, more than a hundred volcanoes are active today.'],
  ['de', 'In Bosnien und Herzegowina gibt es viele alte Brücken aus Stein.'],
  ['zh-TW', '在日本，火車每天都很準時地開出。'],
] as const;

function request(narration: string, language: string, changes: Partial<ImageRequest> = {}): ImageRequest {
  const scene = { prompt: '', narration, title: 'A title', language, index: 1, count: 5, seed: 'maps' };
  return { ...scene, width: 854, height: 480, captionSafeHeight: 0, ...changes };
}

function overlaysOf(asked: ImageRequest): Overlay[] {
  return sceneOverlays(asked, constantVoice(asked.narration, asked.language), fonts);
}

function mapsOf(asked: ImageRequest): MapOverlay[] {
  return overlaysOf(asked).flatMap((one) => (one.kind === 'map' ? [one] : []));
}

function trackOf(overlay: Overlay, size: { width: number; height: number }) {
  const end = Math.round((overlay.endSeconds - overlay.startSeconds) * RATE);
  const order = { overlay, frames: { start: 0, end }, leaves: false, clipFrames: end, size, frameRate: RATE };
  return drawnTrack(painter, order) ?? expect.fail('nothing is drawn');
}

describe('A map', () => {
  it('takes the place of the motif while its country is spoken of', () => {
    const asked = request(
      'A fisherman repairs his boat early in the morning. In Japan, more than a hundred volcanoes are active today.',
      'en',
    );
    const [map = expect.fail('no map'), ...others] = mapsOf(asked);
    expect(others).toEqual([]);
    expect(map.locations.map(({ label }) => label)).toEqual(['Japan']);
    expect(map.startSeconds).toBeGreaterThan(2);
    for (const { kind, startSeconds, endSeconds } of overlaysOf(asked))
      if (kind === 'motif' || kind === 'disc')
        expect(startSeconds >= map.endSeconds || endSeconds <= map.startSeconds).toBe(true);
  });

  it('fills each of several countries when it is spoken', () => {
    const narration = 'The beans were sold in France, Germany and the Netherlands for a hundred years.';
    const [map = expect.fail('no map')] = mapsOf(request(narration, 'en'));
    const { timings } = constantVoice(narration, 'en');
    for (const { label, startSeconds } of map.locations) {
      const word = timings.find(({ textStart }) => textStart === narration.indexOf(label));
      expect(Math.abs(startSeconds - (word?.startSeconds ?? Number.NaN))).toBeLessThan(0.11);
    }
    expect(map.locations).toHaveLength(3);
  });

  it('stays for the next sentence about the same country only', () => {
    const narration = (second: string) =>
      `In Brazil, the fields of coffee are very large. In ${second}, it often rains for many hours every afternoon.`;
    expect(mapsOf(request(narration('Brazil'), 'en'))).toHaveLength(1);
    expect(mapsOf(request(narration('Vietnam'), 'en'))).toHaveLength(2);
  });

  const REPEATED = [
    [
      'en',
      'Volcanoes in Japan',
      'In Japan, more than a hundred volcanoes are active today. Each of them is watched by a team of experts.',
    ],
    [
      'de',
      'Vulkane in Japan',
      'In Japan sind mehr als hundert Vulkane heute noch aktiv. Jeden davon beobachten viele Fachleute sehr genau.',
    ],
    [
      'fr',
      'Les volcans au Japon',
      'Au Japon, plus de cent volcans sont encore actifs. Chacun est surveillé de très près.',
    ],
    ['zh-TW', '在日本旅行', '在日本，火車每天都很準時地開出。每個車站都有很多人在等車。'],
  ] as const;

  it.each(REPEATED)('is shown once in a scene: %s', (language, _, narration) => {
    expect(mapsOf(request(`${narration} ${narration}`, language))).toHaveLength(1);
  });

  it.each(REPEATED)('of a place in the title is shown in the title scene only: %s', (language, title, narration) => {
    expect(mapsOf(request(narration, language, { title }))).toEqual([]);
    const [first = expect.fail('no map'), ...others] = mapsOf(request(narration, language, { title, index: 0 }));
    expect([first.startSeconds, others.length]).toEqual([0, 0]);
    expect(mapsOf(request(narration, language))).toHaveLength(1);
  });

  it('is not shown where the film has shown it already', () => {
    const narration = 'In Japan, more than a hundred volcanoes are active today.';
    expect(mapsOf(request(narration, 'en'))).toHaveLength(1);
    expect(mapsOf(request(narration, 'en', { context: { mapped: ['Japan'] } }))).toEqual([]);
    expect(mapsOf(request(narration, 'en', { context: { mapped: ['Brazil'] } }))).toHaveLength(1);
  });

  it('of a place in the title is shown although the title scene does not say it', () => {
    const narration = 'More than a hundred of them are active today. Each of them is watched by a team of experts.';
    const [map = expect.fail('no map'), ...others] = mapsOf(
      request(narration, 'en', { title: 'Volcanoes in Japan', index: 0 }),
    );
    expect(others).toEqual([]);
    expect(map.locations.map(({ label }) => label)).toEqual(['Japan']);
    expect(map.startSeconds).toBe(0);
    expect(map.endSeconds).toBeLessThan(4);
  });

  it('of a place in the title is shown although the title scene is short', () => {
    expect(mapsOf(request('台灣的颱風', 'zh-TW', { title: '台灣的颱風', index: 0 }))).toHaveLength(1);
  });

  it('shows a place of the title again beside another', () => {
    const narration = 'The beans were sold in Japan, Germany and the Netherlands for a hundred years.';
    expect(mapsOf(request(narration, 'en', { title: 'Coffee in Japan' })).length).toBeGreaterThan(0);
  });

  it('is shown at the end of a video too, where the words leave the middle to what they name', () => {
    const [map = expect.fail('no map')] = mapsOf(request(NARRATIONS[0][1], 'en', { index: 4 }));
    expect(map.locations).toEqual([expect.objectContaining({ country: 'JP', label: 'Japan' })]);
    expect(map.centre.x).toBeGreaterThan(0.6);
  });

  it('has letters and countries that are legible in each palette', () => {
    for (const [position] of PALETTE_NAMES.entries()) {
      const { night, paper, bold } = paletteAt(position);
      for (const scheme of [night, paper, bold]) {
        const { label, plate, fill, land } = mapInks(scheme);
        expect(contrast(label, plate)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(fill, land)).toBeGreaterThanOrEqual(1.8);
      }
    }
  });
});

describe.each(SIZES)('In a frame of %i × %i', (width, height) => {
  const cases = NARRATIONS.flatMap(([language, narration]) =>
    // Captions of tall frames are in the middle.
    [0, 0.24, ...(width < height ? [0.42] : [])].map((share) => ({ language, narration, share })),
  );

  it.each(cases)('a map stays 5 % from the edges and apart from words and captions: $language, $share', (one) => {
    const captionSafeHeight = Math.round(height * one.share);
    const asked = request(one.narration, one.language, { width, height, captionSafeHeight });
    for (const map of mapsOf(asked)) {
      const { track } = trackOf(map, { width, height });
      expect(track.x).toBeGreaterThanOrEqual(width * 0.05 - 4);
      expect(track.y).toBeGreaterThanOrEqual(height * 0.05 - 4);
      expect(track.x + track.width).toBeLessThanOrEqual(width * 0.95 + 4);
      expect(track.y + track.height).toBeLessThanOrEqual(height * (one.share > 0 ? 1 - one.share : 0.95) + 4);
      for (const overlay of overlaysOf(asked)) {
        if (overlay.kind === 'map' || overlay.kind === 'motif' || overlay.kind === 'disc') continue;
        const words = trackOf(overlay, { width, height }).track;
        const isBeside = words.x >= track.x + track.width - 4 || words.x + words.width <= track.x + 4;
        // Both have a soft edge, and lines rise while they appear.
        const isBelow = words.y >= track.y + track.height - height * 0.03;
        expect(isBeside || isBelow).toBe(true);
      }
    }
    expect(mapsOf(asked)).toHaveLength(1);
  });
});

describe('The map of the world', () => {
  it('has all countries that have names, each smaller than a quarter of the earth', () => {
    for (const { country } of locationNames(languageOf('en'))?.byName.values() ?? expect.fail()) {
      const polygons = world.get(country) ?? expect.fail(`${country} is missing`);
      for (const coordinates of polygons) expect(geoArea({ type: 'Polygon', coordinates })).toBeLessThan(Math.PI);
    }
  });

  it.each([
    ['JP', 138, 36],
    ['CH', 8, 46.8],
    ['TW', 121, 23.8],
    ['UA', 34.3, 45.3],
    ['AU', 134, -25],
  ])('has %s where it is', (country, longitude, latitude) => {
    const inside = [...world].filter(([, coordinates]) =>
      geoContains({ type: 'MultiPolygon', coordinates }, [longitude, latitude]),
    );
    expect(inside.map(([code]) => code)).toEqual([country]);
  });

  it('shows near countries together, far ones one after the other, and all of each', () => {
    const viewsFor = (...countries: string[]) =>
      withViews(
        world,
        countries.map((country): MapLocation => ({ country, label: '', point: null, startSeconds: 0 })),
      );
    const angles = (views: ReturnType<typeof viewsFor>) => new Set(views.map(({ view }) => view.centre.join()));
    expect(angles(viewsFor('FR', 'DE', 'NL')).size).toBe(1);
    expect(angles(viewsFor('BR', 'AU')).size).toBe(2);
    for (const country of ['NO', 'CL', 'JP', 'CN', 'IN']) {
      const [{ view } = expect.fail()] = viewsFor(country);
      const [outer = []] = world.get(country)?.toSorted((a, b) => (b[0]?.length ?? 0) - (a[0]?.length ?? 0))[0] ?? [];
      for (const position of outer)
        expect((geoDistance(view.centre, position) * 180) / Math.PI).toBeLessThan(view.angle);
    }
  });
});
