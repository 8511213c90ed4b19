import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FontBook } from '../../src/drawing/font-book.ts';
import { type BodyClip, bodyClips, type Clip, seamClip } from '../../src/media/clips/clip.ts';
import { ClipGraph } from '../../src/media/clips/clip-graph.ts';
import { drawOverlays } from '../../src/media/clips/draw-overlays.ts';
import type { Transition } from '../../src/media/clips/transition.ts';
import type { SceneMedia } from '../../src/media/film/film.ts';
import { Ffmpeg } from '../../src/media/process/ffmpeg.ts';
import type { MotifOverlay, Overlay, WordsOverlay } from '../../src/overlays/overlay.ts';
import { SkiaOverlayPainter } from '../../src/overlays/skia-overlay-painter.ts';
import { brightness } from '../helpers/media/decoded-frames.ts';
import { openFilmAssembler } from '../helpers/media/film-assembler.ts';
import { formatOf } from '../helpers/media/media-fixtures.ts';

const SIZE = { width: 320, height: 180 };
const FORMAT = formatOf(SIZE, 25);

let fixture: Awaited<ReturnType<typeof openFilmAssembler>>;
const ffmpeg = new Ffmpeg();
beforeEach(async () => {
  fixture = await openFilmAssembler(ffmpeg);
});
afterEach(() => fixture.close());

/** A scene with a flat dark picture. */
async function scene(overlays: readonly Overlay[], id = 'scene', colour = '#101010'): Promise<SceneMedia> {
  const canvas = createCanvas(SIZE.width, SIZE.height);
  const ctx = canvas.getContext('2d');
  ctx.fillStyle = colour;
  ctx.fillRect(0, 0, SIZE.width, SIZE.height);
  const picturePath = join(fixture.folder, `${id}.png`);
  await writeFile(picturePath, canvas.toBuffer('image/png'));
  const files = { picturePath, pictureHash: id, voicePath: '', voiceHash: '' };
  return { id, ...files, narrationSeconds: 4, cues: [], overlays };
}

/** The clip of a scene with one picture. */
function onlyClip(...parts: Parameters<typeof bodyClips>): BodyClip {
  const [clip = expect.fail('no clip')] = bodyClips(...parts);
  return clip;
}

/** The luma of a clip's frames, as the encoder gets them. */
async function framesOf(clip: Clip): Promise<Uint8Array[]> {
  const { folder, ffmpeg, signal } = fixture;
  const path = join(folder, 'clip.gray');
  const graph = new ClipGraph(FORMAT);
  const painter = new SkiaOverlayPainter(new FontBook());
  const tracks = clip.kind === 'body' ? await drawOverlays(painter, clip, FORMAT, path, signal) : [];
  const label = graph.add(clip, tracks);
  await ffmpeg.run([...graph.arguments(), '-map', label, '-pix_fmt', 'gray', '-f', 'rawvideo', `file:${path}`], {
    signal,
  });
  const luma = await readFile(path);
  const area = SIZE.width * SIZE.height;
  return Array.from({ length: luma.length / area }, (_, at) => luma.subarray(at * area, (at + 1) * area));
}

/** The brightest pixel of each frame in the left and the right half. */
async function brightest(clip: Clip): Promise<{ left: number[]; right: number[] }> {
  const frames = await framesOf(clip);
  const inHalf = (isRight: boolean) =>
    frames.map((frame) =>
      frame.reduce(
        (most, value, at) => (at % SIZE.width >= SIZE.width / 2 === isRight ? Math.max(most, value) : most),
        0,
      ),
    );
  return { left: inHalf(false), right: inHalf(true) };
}

function words(startSeconds: number, endSeconds: number): WordsOverlay {
  return {
    kind: 'words',
    startSeconds,
    endSeconds,
    words: { language: 'en', headline: 'Words', secondary: '' },
    place: { box: { x: 0.55, y: 0.2, width: 0.4, height: 0.6 }, align: 'left', anchor: 'middle' },
    inks: { headline: '#ffffff', emphasis: null, soft: '#cccccc', rule: '#ff8800' },
    clauses: [],
  };
}

function motif(startSeconds: number, endSeconds: number): MotifOverlay {
  return {
    kind: 'motif',
    startSeconds,
    endSeconds,
    sign: { kind: 'text', text: '7' },
    centre: { x: 0.25, y: 0.5 },
    reach: 0.2,
    toward: 'right',
    ink: '#ffffff',
  };
}

/** The frames in which a value is above the dark picture. */
function shown(values: readonly number[]): number[] {
  return values.flatMap((value, frame) => (value > 60 ? [frame] : []));
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, at) => start + at);
}

describe('An overlay', () => {
  it('is there in all its frames and in no other, also where two follow one another', async () => {
    const overlays = [motif(0, 1), motif(1.6, 4), words(0.8, 2), words(2.4, 3)];
    const clip = onlyClip(await scene(overlays), { index: 1, count: 3 }, FORMAT);
    const { left, right } = await brightest(clip);
    // The clip begins after the seam, 10 frames; the voice after 12. At its ends an overlay is nearly transparent.
    const [lead, faint] = [2, 4];
    const isAmong = (frames: readonly number[], span: readonly number[]) =>
      span.every((frame) => frames.includes(frame));
    expect(isAmong(shown(left), range(faint, lead + 25 - faint))).toBe(true);
    expect(isAmong(shown(left), range(lead + 40 + faint, clip.frames - faint))).toBe(true);
    expect(shown(left).filter((frame) => frame >= lead + 25 && frame < lead + 40)).toEqual([]);
    expect(isAmong(shown(right), range(lead + 20 + faint, lead + 50 - faint))).toBe(true);
    expect(isAmong(shown(right), range(lead + 60 + faint, lead + 75 - faint))).toBe(true);
    const outside = [...range(0, lead + 20), ...range(lead + 50, lead + 60), ...range(lead + 75, clip.frames)];
    expect(shown(right).filter((frame) => outside.includes(frame))).toEqual([]);
  });

  it('stays until the end of the film, and disappears before a seam', async () => {
    const overlays = [words(0, 4)];
    const [last, middle] = [
      await brightest(onlyClip(await scene(overlays), { index: 1, count: 2 }, FORMAT)),
      await brightest(onlyClip(await scene(overlays), { index: 1, count: 3 }, FORMAT)),
    ];
    expect(last.right.at(-1)).toBeGreaterThan(200);
    expect(middle.right.at(-1)).toBeLessThan(120);
    expect(middle.right.at(-10)).toBeGreaterThan(200);
  });

  it('of a motif moves evenly, less than a pixel a frame', async () => {
    const clip = onlyClip(await scene([motif(0, 4)]), { index: 0, count: 1 }, FORMAT);
    const frames = await framesOf(clip);
    const centres = frames.slice(20, 100).map((frame) => {
      let [sum, weight] = [0, 0];
      for (const [at, value] of frame.entries()) {
        sum += Math.max(0, value - 60) * (at % SIZE.width);
        weight += Math.max(0, value - 60);
      }
      return sum / weight;
    });
    const steps = centres.slice(1).map((centre, at) => centre - (centres[at] ?? 0));
    expect(Math.min(...steps)).toBeGreaterThan(0);
    expect(Math.max(...steps)).toBeLessThan(0.6);
    const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
    for (const step of steps) expect(Math.abs(step - mean)).toBeLessThan(mean);
  });
});

describe('A transition', () => {
  const transitions: readonly Transition[] = [
    { kind: 'push', toward: 'left' },
    { kind: 'push', toward: 'right' },
    { kind: 'push', toward: 'up' },
    { kind: 'push', toward: 'down' },
    { kind: 'cover', toward: 'left' },
    { kind: 'cover', toward: 'right' },
    { kind: 'cover', toward: 'up' },
    { kind: 'cover', toward: 'down' },
    { kind: 'band', toward: 'left', colour: '#ffffff' },
    { kind: 'band', toward: 'down', colour: '#ffffff' },
  ];

  it.each(transitions)('goes from one picture to the other: $kind $toward', async (transition) => {
    const [dark, grey] = [await scene([], 'dark', '#101010'), await scene([], 'grey', '#808080')];
    const frames = await framesOf({ ...seamClip(dark, grey, FORMAT), transition });
    expect(frames).toHaveLength(FORMAT.rhythm.fadeFrames);
    const level = (frame: Uint8Array | undefined) =>
      brightness(frame ?? expect.fail(), SIZE.width, { x: 0, y: 0, right: 1, bottom: 1 });
    const levels = frames.map(level);
    if (transition.kind === 'band') {
      // A part of the frame is white, and at no time most of it.
      const shares = frames.map((frame) => frame.filter((value) => value > 240).length / frame.length);
      expect(Math.max(...shares)).toBeGreaterThan(0.15);
      expect(Math.max(...shares)).toBeLessThan(0.25);
      expect(levels[0]).toBeLessThan(90);
      expect(Math.abs((levels[9] ?? 0) - 128)).toBeLessThan(30);
    } else {
      expect(levels).toEqual(levels.toSorted((one, other) => one - other));
      expect(levels[0]).toBeLessThan(24);
      expect(levels[9]).toBeGreaterThan(120);
    }
  });

  it('is a motion only between scenes of the built-in design, and always the same one', async () => {
    const [one, two, plain] = [
      await scene([words(0, 4)], 'one'),
      await scene([words(0, 4)], 'two'),
      await scene([], 'three'),
    ];
    expect(seamClip(one, two, FORMAT).transition).toEqual(seamClip(one, two, FORMAT).transition);
    expect(seamClip(one, two, FORMAT).transition.kind).not.toBe('fade');
    expect(seamClip(one, plain, FORMAT).transition).toEqual({ kind: 'fade' });
  });
});
