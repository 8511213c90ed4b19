import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { contrast } from '../../src/drawing/colour.ts';
import { FontBook } from '../../src/drawing/font-book.ts';
import type { Overlay } from '../../src/overlays/overlay.ts';
import type { OverlayTrack } from '../../src/overlays/overlay-track.ts';
import { SkiaOverlayPainter } from '../../src/overlays/skia-overlay-painter.ts';
import { designCard, groundOf } from '../../src/providers/local/cards/card-design.ts';
import { drawGround } from '../../src/providers/local/cards/card-painter.ts';
import { CONTENTS, contentOf, kindsOf, overlaysOf, request, SIZES } from '../helpers/media/card-contents.ts';
import { constantVoice } from '../helpers/media/constant-voice.ts';
import { drawnTrack } from '../helpers/media/overlays.ts';
import { luminance, ratio } from '../helpers/media/text-contrast.ts';

const fonts = new FontBook();
const painter = new SkiaOverlayPainter(fonts);
const RATE = 25;

const IN_TWO_PARTS = new Set<string>([
  'a number',
  'a number in Chinese',
  'a year',
  'bars',
  'a series',
  'a series in Chinese',
  'a definition',
  'a definition in Chinese',
]);

interface PaintedTrack extends OverlayTrack {
  readonly pixels: Uint8Array;
}

/** An overlay in a clip that begins with this frame of it and ends with the overlay; all of it by default. */
function trackOf(overlay: Overlay, size: { width: number; height: number }, first = 0): PaintedTrack {
  const end = framesOf(overlay) - first;
  const order = { overlay, frames: { start: -first, end }, leaves: false, clipFrames: end, size, frameRate: RATE };
  const { track, pixels } = drawnTrack(painter, order) ?? expect.fail('nothing is drawn');
  return { ...track, pixels };
}

/** Its last frame, which shows all of it. */
const endOf = (overlay: Overlay, size: { width: number; height: number }): PaintedTrack =>
  trackOf(overlay, size, framesOf(overlay) - 1);

function framesOf({ startSeconds, endSeconds }: Overlay): number {
  return Math.round((endSeconds - startSeconds) * RATE);
}

describe('What a beat is shown as', () => {
  it.each([
    ['a number', ['figure', 'words']],
    ['a number in Chinese', ['figure', 'words']],
    ['a year', ['figure', 'words']],
    ['bars', ['bars', 'words']],
    ['a series', ['bars', 'words']],
    ['a series in Chinese', ['bars', 'words']],
    ['a list', ['rows']],
    ['steps', ['rows']],
    ['an enumeration', ['rows']],
    ['a quotation', ['quotation']],
    ['a long quotation', ['quotation', 'quotation', 'quotation']],
    ['a timeline', ['rows']],
    ['a timeline of clauses', ['rows']],
    ['a timeline in Chinese', ['rows']],
    ['a definition', ['words', 'words']],
    ['a definition in Chinese', ['words', 'words']],
    ['a question', ['words']],
    ['a line of code', ['code']],
    ['lines of code', ['code']],
  ])('follows from its content: %s', (name, kinds) => {
    const { language, narration } = contentOf(name);
    expect(kindsOf(narration, language)).toEqual(kinds);
  });

  it('is a large number at most once in two consecutive beats', () => {
    const narration =
      'Farmers lost 40 percent of their hives in a single winter. A healthy hive holds about 50,000 bees in the summer. ' +
      'Each of the 20,000 species of bees needs its own flowers.';
    expect(kindsOf(narration)).toEqual(['figure', 'words', 'words', 'figure', 'words']);
  });

  it('is no number that the heading has covered until it was said', () => {
    const narration = 'Leeks: $3 a tray. Kale: sold out.';
    const kinds = (heading?: string) =>
      overlaysOf(request(narration, 'en', heading === undefined ? {} : { heading }), 2).map(({ kind }) => kind);
    expect(kinds()).toContain('figure');
    expect(kinds('Seeds & Plants')).not.toContain('figure');
  });

  it('is a list below the author’s heading, which stays', () => {
    const narration = 'Heat the pan. Stir the flour and the eggs. Turn the pancake once. Never turn it twice.';
    const [only, ...others] = overlaysOf(request(narration, 'en', { heading: 'How to make them' }));
    if (only?.kind !== 'rows') expect.fail('no rows');
    expect([only.lead, only.rows.length, only.startSeconds, others.length]).toEqual(['How to make them', 4, 0, 0]);
  });

  it('is steps below the author’s heading, which stays', () => {
    const [only, ...others] = overlaysOf(request(contentOf('steps').narration, 'de', { heading: 'Reis kochen' }));
    if (only?.kind !== 'rows') expect.fail('no rows');
    expect([only.lead, only.isNumbered, only.startSeconds, others.length]).toEqual(['Reis kochen', true, 0, 0]);
  });

  it('is a sentence where its words are not covered by a font, or do not fit', () => {
    expect(kindsOf('Il faut trois choses : สวัสดี, du pain et du sel.', 'fr')).not.toContain('rows');
    const flat = request(CONTENTS[0][2], 'en', { width: 480, height: 480, captionSafeHeight: 260 });
    expect(overlaysOf(flat).map(({ kind }) => kind)).toEqual(['words']);
  });
});

describe('A number', () => {
  it('counts up in half a second, and shows no other number for more than two frames', async () => {
    const [overlay = expect.fail()] = overlaysOf(request(CONTENTS[0][2], 'en'));
    const { play, frames } = trackOf(overlay, { width: 854, height: 480 });
    if (play.kind !== 'sequence') expect.fail('it does not move');
    expect(play.begins.at(-1)).toBeLessThanOrEqual(RATE / 2);
    const lengths = play.begins.slice(1).map((begin, index) => begin - (play.begins[index] ?? 0));
    expect(Math.max(...lengths)).toBeLessThanOrEqual(2);
    expect(play.begins.length).toBeGreaterThan(6);
    expect(frames.end - (play.begins.at(-1) ?? 0)).toBeGreaterThan(RATE / 2);
  });
});

describe('The rows of a list', () => {
  it('appear when they are spoken', () => {
    const { language, narration } = contentOf('a list');
    const [overlay] = overlaysOf(request(narration, language));
    if (overlay?.kind !== 'rows') expect.fail('no rows');
    const { timings } = constantVoice(narration, language);
    for (const { text, startSeconds } of overlay.rows) {
      const word = timings.find(({ textStart }) => textStart === narration.indexOf(text));
      expect(Math.abs(startSeconds - (word?.startSeconds ?? Number.NaN))).toBeLessThan(0.11);
    }
  });
});

describe.each(SIZES)('In a frame of %i × %i', (width, height) => {
  const cases = CONTENTS.flatMap(([name, language, narration]) =>
    [0, 0.24].map((share) => ({ name, language, narration, share })),
  );

  it.each(cases)('$name stays 5 % from the edges and above captions of $share', async (one) => {
    const asked = request(one.narration, one.language, {
      width,
      height,
      captionSafeHeight: Math.round(height * one.share),
    });
    for (const overlay of overlaysOf(asked)) {
      const track = endOf(overlay, { width, height });
      expect(track.x).toBeGreaterThanOrEqual(width * 0.05 - 4);
      expect(track.y).toBeGreaterThanOrEqual(height * 0.05 - 4);
      expect(track.x + track.width).toBeLessThanOrEqual(width * 0.95 + 4);
      expect(track.y + track.height).toBeLessThanOrEqual(height * (one.share > 0 ? 1 - one.share : 0.95) + 4);
    }
  });

  it.each(cases.filter(({ name, share }) => IN_TWO_PARTS.has(name) && (share === 0 || width !== height)))(
    '$name has its parts apart, with captions of $share',
    async (one) => {
      const asked = request(one.narration, one.language, {
        width,
        height,
        captionSafeHeight: Math.round(height * one.share),
      });
      const [first, second] = overlaysOf(asked);
      if (first === undefined || second === undefined) expect.fail('one part');
      const [above, below] = [endOf(first, { width, height }), endOf(second, { width, height })];
      const inks = [inkRows(above), inkRows(below)];
      expect(inks[0]?.at(-1)).toBeLessThan(inks[1]?.[0] ?? 0);
    },
  );

  it.each(CONTENTS)('%s stands out from the picture behind it', async (_, language, narration) => {
    for (const seed of ['a', 'b']) {
      const asked = request(narration, language, { width, height, seed, captionSafeHeight: Math.round(height * 0.24) });
      const ctx = createCanvas(width, height).getContext('2d');
      drawGround(ctx, groundOf(designCard(asked), asked));
      for (const overlay of overlaysOf(asked)) {
        if (overlay.kind === 'code') {
          const { ground, ...inks } = overlay.panel;
          for (const ink of Object.values(inks)) expect(contrast(ink, ground)).toBeGreaterThanOrEqual(7);
          continue;
        }
        const track = endOf(overlay, { width, height });
        const ground = ctx.getImageData(track.x, track.y, track.width, track.height).data;
        expect(lowestContrast(lastPicture(track), ground)).toBeGreaterThanOrEqual(4.5);
      }
    }
  });
});

function lastPicture({ pixels, width, height }: PaintedTrack): Uint8Array {
  return pixels.subarray(pixels.length - 4 * width * height);
}

/** The rows of the frame in which the last picture has ink. */
function inkRows(track: PaintedTrack): number[] {
  const picture = lastPicture(track);
  const rows: number[] = [];
  for (let y = 0; y < track.height; y++) {
    const line = picture.subarray(4 * y * track.width, 4 * (y + 1) * track.width);
    if (line.some((value, at) => at % 4 === 3 && value > 128)) rows.push(track.y + y);
  }
  return rows;
}

/** Contrast of the opaque pixels to those below them, without the 2 % that are lowest, which are grain. */
function lowestContrast(picture: Uint8Array, ground: Uint8ClampedArray): number {
  const found: number[] = [];
  for (let at = 0; at < picture.length; at += 4 * 7)
    if (picture[at + 3] === 255) found.push(ratio(luminanceAt(picture, at), luminanceAt(ground, at)));
  return Float64Array.from(found).toSorted()[Math.floor(found.length * 0.02)] ?? 0;
}

function luminanceAt(data: Uint8Array | Uint8ClampedArray, at: number): number {
  return luminance(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
}
