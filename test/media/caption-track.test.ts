import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FontBook } from '../../src/drawing/font-book.ts';
import { captionMetrics } from '../../src/media/captions/caption-area.ts';
import { cuesFor } from '../../src/media/captions/cues.ts';
import { SkiaCaptionPainter } from '../../src/media/captions/skia-caption-painter.ts';
import { CaptionTrackPainter, captionFrames } from '../../src/media/clips/caption-track.ts';
import { bodyClips, type ClipCue, clipKey } from '../../src/media/clips/clip.ts';
import { planFilm } from '../../src/media/film/film-plan.ts';
import { Ffmpeg } from '../../src/media/process/ffmpeg.ts';
import { likeness } from '../helpers/media/caption-likeness.ts';
import { decodeLuma } from '../helpers/media/decoded-frames.ts';
import { openFilmAssembler } from '../helpers/media/film-assembler.ts';
import { Frame } from '../helpers/media/frames.ts';
import { BLOCK, cueOf, formatOf, makeScenes, WORD_HIGHLIGHT } from '../helpers/media/media-fixtures.ts';
import { byWord } from '../helpers/media/spoken-units.ts';

const SIZE = { width: 270, height: 480 };
const painter = new SkiaCaptionPainter(new FontBook());

describe('The captions of a film', () => {
  let fixture: Awaited<ReturnType<typeof openFilmAssembler>>;
  beforeAll(async () => {
    fixture = await openFilmAssembler(new Ffmpeg(), new CaptionTrackPainter(painter));
  });
  afterAll(() => fixture.close());

  it('mark each word within a frame of the moment at which it begins to be spoken, and show nothing in a pause', async () => {
    const { assembler, folder, filmPath, signal } = fixture;
    const text = 'The sea climbs the shore. Then it falls.';
    // A second of silence after the first sentence.
    const units = byWord(text).map((unit) =>
      unit.textStart > 20 ? { ...unit, startSeconds: unit.startSeconds + 1, endSeconds: unit.endSeconds + 1 } : unit,
    );
    const narrationSeconds = (units.at(-1)?.endSeconds ?? 0) + 0.3;
    const cues = cuesFor(units, text, 'en');
    const scenes = await makeScenes(folder, [{ id: 'only', narrationSeconds, cues }], SIZE);
    const format = formatOf(SIZE, 25, { captionLook: WORD_HIGHLIGHT });
    await assembler.assemble({ scenes, format, outputPath: filmPath, signal });

    const { area } = captionMetrics(SIZE, 'WORD_HIGHLIGHT');
    const pictures = (
      await Promise.all(cues.map((cue) => painter.paint({ cue, size: SIZE, language: 'en', look: WORD_HIGHLIGHT })))
    ).flat();
    const voiceFrame = planFilm([narrationSeconds], format.rhythm).scenes[0]?.voiceFrame ?? 0;
    const frames = (await decodeLuma(filmPath, SIZE.width, SIZE.height)).map(
      (luma) => new Frame(SIZE.width, SIZE.height, luma),
    );
    const shown = frames.map((frame) => {
      const found = pictures.map((picture) => likeness(frame, picture, area));
      const best = Math.max(...found);
      return best > 0.9 ? found.indexOf(best) : -1;
    });
    for (const [at, { startSeconds }] of pictures.entries()) {
      const first = shown.indexOf(at);
      expect(Math.abs(first - (voiceFrame + startSeconds * 25))).toBeLessThanOrEqual(1);
    }
    const pause = voiceFrame + Math.round(((units[4]?.endSeconds ?? 0) + 0.5) * 25);
    expect(shown[pause]).toBe(-1);
    expect(shown[0]).toBe(-1);
    expect(shown.at(-1)).toBe(-1);
  });
});

describe('The pictures of a cue in its clip', () => {
  const cue = cueOf({ startSeconds: 0, endSeconds: 2, lines: ['Words'] });
  const pictures = [0, 0.5, 0.51, 1.9].map((startSeconds) => ({ startSeconds, rgba: new Uint8Array() }));
  const begins = (clipCue: ClipCue, next?: ClipCue) =>
    captionFrames(clipCue, next, pictures, 25).map(({ atFrame, picture }) => [atFrame, picture?.startSeconds ?? null]);

  it('begin at the frames of their times; of two at one frame the later is shown', () => {
    expect(begins({ cue, range: { start: 2, end: 52 }, narrationFrame: 2 })).toEqual([
      [2, 0],
      [15, 0.51],
      [50, 1.9],
    ]);
  });

  it('are cut at the end of a clip, and moved to its beginning', () => {
    expect(begins({ cue, range: { start: 0, end: 10 }, narrationFrame: -3 })).toEqual([[0, 0]]);
  });

  it('disappear before the next cue unless it follows at once', () => {
    const first = { cue, range: { start: 2, end: 52 }, narrationFrame: 2 };
    expect(begins(first, { ...first, range: { start: 60, end: 70 } }).at(-1)).toEqual([52, null]);
    expect(begins(first, { ...first, range: { start: 52, end: 70 } }).at(-1)).toEqual([50, 1.9]);
  });
});

describe('The key of a clip', () => {
  it('differs by the look of its captions, and does not if it has none', () => {
    const cues = [cueOf({ startSeconds: 0, endSeconds: 2, lines: ['Words'] })];
    const scene = { id: 'a', picturePath: '/a.png', pictureHash: 'a', voicePath: '/a.wav', voiceHash: 'a' };
    const keyOf = (shown: typeof cues, captionLook: typeof BLOCK) => {
      const format = formatOf(SIZE, 25, { captionLook });
      const [clip = expect.fail('no clip')] = bodyClips(
        { ...scene, narrationSeconds: 3, cues: shown },
        { index: 0, count: 1 },
        format,
      );
      return clipKey(clip, format, 'ffmpeg');
    };
    const looks = [BLOCK, WORD_HIGHLIGHT, { ...WORD_HIGHLIGHT, highlight: '#00ff00' }];
    expect(new Set(looks.map((look) => keyOf(cues, look))).size).toBe(3);
    expect(new Set(looks.map((look) => keyOf([], look))).size).toBe(1);
  });
});
