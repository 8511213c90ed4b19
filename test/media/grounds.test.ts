import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bodyClips, type Clip, clipKey, endingClip, posterClip, seamClip } from '../../src/media/clips/clip.ts';
import { ClipGraph } from '../../src/media/clips/clip-graph.ts';
import { drawGrounds } from '../../src/media/clips/draw-grounds.ts';
import type { SceneMedia } from '../../src/media/film/film.ts';
import { bodyRange, sceneFrames } from '../../src/media/film/film-plan.ts';
import { Ffmpeg } from '../../src/media/process/ffmpeg.ts';
import type { Ground, LaterGround } from '../../src/overlays/ground.ts';
import type { MotifOverlay } from '../../src/overlays/overlay.ts';
import { designCard, groundOf } from '../../src/providers/local/cards/card-design.ts';
import { CardPainter } from '../../src/providers/local/cards/card-painter.ts';
import { difference } from '../helpers/media/decoded-frames.ts';
import { openFilmAssembler } from '../helpers/media/film-assembler.ts';
import { imageRequest } from '../helpers/media/image-request.ts';
import { BLOCK, cueOf, formatOf, makeScenes } from '../helpers/media/media-fixtures.ts';

const SIZE = { width: 320, height: 180 };
const FORMAT = formatOf(SIZE, 25, { captionLook: BLOCK });
const MIDDLE = { index: 1, count: 3 };
const { fadeFrames, leadFrames } = FORMAT.rhythm;

let fixture: Awaited<ReturnType<typeof openFilmAssembler>>;
const ffmpeg = new Ffmpeg();
beforeEach(async () => {
  fixture = await openFilmAssembler(ffmpeg);
});
afterEach(() => fixture.close());

function groundOfScene(index: number): Ground {
  const request = imageRequest({ width: 336, height: 188, index });
  return groundOf(designCard(request), request);
}

const GROUNDS: readonly LaterGround[] = [
  { startSeconds: 4, ground: groundOfScene(2) },
  { startSeconds: 8.4, ground: groundOfScene(3) },
];

/** 12 s, with a motif for each of three pictures, and cues of 2 s. */
async function longScene(changes: Partial<SceneMedia> = {}): Promise<SceneMedia> {
  const cues = [0, 2, 4, 6, 8, 10].map((second) =>
    cueOf({ startSeconds: second, endSeconds: second + 2, lines: [`from ${second}`] }),
  );
  const [scene = expect.fail()] = await makeScenes(fixture.folder, [{ id: 'long', narrationSeconds: 12, cues }], SIZE);
  return { ...scene, grounds: GROUNDS, overlays: [motif(0, 4), motif(4, 8.4), motif(8.4, 12)], ...changes };
}

function motif(startSeconds: number, endSeconds: number): MotifOverlay {
  const sign = { kind: 'text', text: '1' } as const;
  const place = { centre: { x: 0.5, y: 0.5 }, reach: 0.2, toward: 'left', ink: '#ffffff' } as const;
  return { kind: 'motif', startSeconds, endSeconds, sign, ...place };
}

async function framesOf(clip: Clip): Promise<Uint8Array[]> {
  const { folder, signal } = fixture;
  const path = join(folder, 'clip.gray');
  const graph = new ClipGraph(FORMAT, await drawGrounds(new CardPainter(), clip, join(folder, 'clip'), signal));
  const label = graph.add(clip);
  const output = ['-map', label, '-pix_fmt', 'gray', '-f', 'rawvideo', `file:${path}`];
  await ffmpeg.run([...graph.arguments(), ...output], { signal });
  const luma = await readFile(path);
  const area = SIZE.width * SIZE.height;
  return Array.from({ length: luma.length / area }, (_, at) => luma.subarray(at * area, (at + 1) * area));
}

describe('The clips of a scene with several pictures', () => {
  it('are one for each picture, and together as long as the clip of a scene with one', async () => {
    const clips = bodyClips(await longScene(), MIDDLE, FORMAT);
    const [only = expect.fail()] = bodyClips(await longScene({ grounds: [] }), MIDDLE, FORMAT);
    expect(clips.length).toBe(3);
    expect(clips.reduce((sum, { frames }) => sum + frames, 0)).toBe(only.frames);
  });

  it('begin most of a transition before the words of the next picture, and keep motifs out of it', async () => {
    const clips = bodyClips(await longScene(), MIDDLE, FORMAT);
    const body = bodyRange(sceneFrames(12, MIDDLE, FORMAT.rhythm), MIDDLE, FORMAT.rhythm);
    let start = body.start;
    for (const [index, clip] of clips.entries()) {
      const opening = clip.opening?.frames ?? 0;
      expect(opening).toBe(index === 0 ? 0 : fadeFrames);
      // Of the three motifs, only that of the clip's own picture.
      expect(clip.overlays.map(({ range }) => range)).toEqual([{ start: opening, end: clip.frames }]);
      const begins = GROUNDS[index - 1]?.startSeconds;
      if (begins !== undefined) expect(start + fadeFrames - 2).toBe(leadFrames + begins * FORMAT.rhythm.frameRate);
      start += clip.frames;
    }
  });

  it('show the same captions in the same frames of the film', async () => {
    const shownBy = async (grounds: readonly LaterGround[]): Promise<string[]> => {
      const clips = bodyClips(await longScene({ grounds }), MIDDLE, FORMAT);
      return clips.flatMap(({ frames, cues }) =>
        Array.from({ length: frames }, (_, frame) => {
          const shown = cues.filter(({ range }) => range.start <= frame && frame < range.end);
          return shown.map(({ cue, narrationFrame }) => `${cue.lines.join()} ${frame - narrationFrame}`).join();
        }),
      );
    };
    expect(await shownBy(GROUNDS)).toEqual(await shownBy([]));
  });

  it('have the frames that they should, and change from one picture to the next', async () => {
    const clips = bodyClips(await longScene({ overlays: [], cues: [] }), MIDDLE, FORMAT);
    const all: Uint8Array[] = [];
    for (const clip of clips) {
      const own = await framesOf(clip);
      expect(own.length).toBe(clip.frames);
      all.push(...own);
    }
    const cuts = [clips[0]?.frames ?? 0, (clips[0]?.frames ?? 0) + (clips[1]?.frames ?? 0)];
    for (const cut of cuts) {
      const [before, first, after] = [all[cut - 1], all[cut], all[cut + fadeFrames]];
      if (!before || !first || !after) return expect.fail('too few frames');
      // The transition begins slowly, so that nothing jumps where two clips meet.
      expect(difference(before, first)).toBeLessThan(difference(before, after) / 3);
      expect(difference(before, after)).toBeGreaterThan(8);
    }
    // Each picture moves evenly after its transition.
    const steps = all.slice(1).map((frame, at) => difference(all[at] ?? frame, frame));
    const still = steps.filter((_, at) => cuts.every((cut) => at < cut - 1 || at > cut + fadeFrames));
    expect(Math.max(...still)).toBeLessThan(4);
  });

  it('have keys that a change of another picture of the scene leaves alone, unless it is beside them', async () => {
    const scene = await longScene();
    const keysOf = (grounds: readonly LaterGround[]): string[] =>
      bodyClips({ ...scene, grounds }, MIDDLE, FORMAT).map((clip) => clipKey(clip, FORMAT, 'ffmpeg'));
    const [first, second] = GROUNDS;
    if (!first || !second) return expect.fail();
    const [before, after] = [keysOf(GROUNDS), keysOf([first, { ...second, ground: groundOfScene(4) }])];
    expect(after.map((key, index) => key === before[index])).toEqual([true, true, false]);
  });

  it('leave the seams to the first and the last picture of a scene', async () => {
    const scene = await longScene();
    const plain = await longScene({ grounds: [], id: 'plain' });
    expect(seamClip(scene, plain, FORMAT).from).toMatchObject({ ground: GROUNDS[1]?.ground });
    expect(seamClip(plain, scene, FORMAT).to).toMatchObject({ pictureHash: scene.pictureHash });
    const length = sceneFrames(12, MIDDLE, FORMAT.rhythm);
    const ending = endingClip(scene, { start: length, end: length + 2 }, FORMAT);
    expect(ending).toMatchObject({ shot: { ground: GROUNDS[1]?.ground }, frames: 2 });
    expect(ending.opening).toBeUndefined();
  });

  it('leave the poster to the first picture', async () => {
    const poster = posterClip(await longScene(), MIDDLE, FORMAT);
    expect(poster).toMatchObject({ frames: 1, shot: { picturePath: expect.any(String) } });
    expect(poster.opening).toBeUndefined();
  });

  it('are one where a presenter is in place of the pictures', async () => {
    const presenter = { path: '/p.mp4', hash: 'p', layout: 'FULL', width: 320, height: 180 } as const;
    expect(bodyClips(await longScene({ presenter }), MIDDLE, FORMAT).length).toBe(1);
  });
});

describe('A film with a scene that has several pictures', () => {
  it('has the frames of the same film with one, and reuses all clips the next time', async () => {
    const { assembler, folder, signal } = fixture;
    const scenes = [await longScene()];
    const format = formatOf(SIZE, 25);
    const films = [];
    for (const name of ['one.mp4', 'two.mp4'])
      films.push(await assembler.assemble({ scenes, format, outputPath: join(folder, name), signal }));
    expect(films.map(({ clipsMade, clipsReused }) => [clipsMade, clipsReused])).toEqual([
      [3, 0],
      [0, 3],
    ]);
    expect(films[0]?.totalFrames).toBe(sceneFrames(12, { index: 0, count: 1 }, format.rhythm));
  });
});
