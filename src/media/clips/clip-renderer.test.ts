import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cue, FilmFormat } from '../film/film.ts';
import { rhythmFor } from '../film/film-plan.ts';
import { Ffmpeg } from '../process/ffmpeg.ts';
import { LimitedFfmpeg } from '../process/limited-ffmpeg.ts';
import type { CaptionPainter } from './caption-track.ts';
import type { BodyClip } from './clip.ts';
import { ClipRenderer } from './clip-renderer.ts';

const FORMAT: FilmFormat = {
  size: { width: 1280, height: 720 },
  rhythm: rhythmFor(25),
  captionLook: { style: 'BLOCK', highlight: '#ffffff' },
  language: 'en',
};
const CUE: Cue = { startSeconds: 0, endSeconds: 1, lines: ['Bees'], words: [] };
const signal = new AbortController().signal;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clips-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function clip(pictureHash: string): BodyClip {
  const motion = { kind: 'zoom', toward: 'in', frames: 25, keyEvery: 6 } as const;
  const range = { start: 0, end: 25 };
  const shot = { picturePath: '/picture.png', pictureHash, motion, range };
  return { kind: 'body', frames: 25, shot, overlays: [], cues: [{ cue: CUE, range, narrationFrame: 0 }] };
}

/**
 * Renders clips with a painter and an FFmpeg that only count, and returns the highest counts. FFmpeg ends once as many clips
 * are in work as may be, so that it waits for ever for a renderer that draws none meanwhile.
 */
async function render({ clips, parallel }: { clips: number; parallel: number }) {
  const now = { begun: 0, inWork: 0, encoded: 0 };
  const most = { inWork: 0, encoded: 0 };
  const captions: CaptionPainter = {
    paint: async () => {
      now.begun += 1;
      now.inWork += 1;
      most.inWork = Math.max(most.inWork, now.inWork);
      const place = { x: 0, y: 0, width: 2, height: 2 };
      return { ...place, frames: { start: 0, end: 25 }, play: { kind: 'sequence', begins: [0] } };
    },
  };
  const ffmpeg = new Ffmpeg(undefined, async (program, args, { onStdout }) => {
    if (args.includes('-version')) onStdout?.('ffmpeg version 7.0');
    if (!args.includes('-filter_complex')) return { code: program === 'setpriv' ? 1 : 0, killedBy: null };
    now.encoded += 1;
    most.encoded = Math.max(most.encoded, now.encoded);
    while ((now.inWork <= parallel || now.encoded < parallel) && now.begun < clips) await setImmediate();
    now.encoded -= 1;
    now.inWork -= 1;
    return { code: 0, killedBy: null };
  });
  const renderer = new ClipRenderer({
    ffmpeg: new LimitedFfmpeg(ffmpeg, parallel),
    captions,
    overlays: { paint: async () => null },
    grounds: { paint: async () => undefined },
    clips: { find: async () => null, keep: async (_key, path) => path },
    tempDir: folder,
    parallel,
  });
  const wanted = Array.from({ length: clips }, (_, index) => clip(`picture ${index}`));
  const ready = await Promise.all(wanted.map((each) => renderer.ready(each, FORMAT, signal, () => undefined)));
  return { ...most, made: ready.filter(({ made }) => made).length };
}

describe('Clips', () => {
  it.each([1, 2])('are drawn one ahead of those that are encoded, %i at once', async (parallel) => {
    expect(await render({ clips: 6, parallel })).toEqual({ made: 6, encoded: parallel, inWork: parallel + 1 });
  });
});
