import { describe, expect, it } from 'vitest';
import type { FilmFormat, SceneMedia } from '../film/film.ts';
import { filmClips } from '../film/film-clips.ts';
import { planFilm, rhythmFor } from '../film/film-plan.ts';
import { bodyClip, seamClip } from './clip.ts';
import { ClipGraph } from './clip-graph.ts';

const FORMAT: FilmFormat = {
  size: { width: 1280, height: 720 },
  rhythm: rhythmFor(25),
  burnInCaptions: false,
  language: 'en',
};

function scene(name: string): SceneMedia {
  const hashes = { pictureHash: `picture of ${name}`, voiceHash: `voice of ${name}` };
  return { id: name, picturePath: `/${name}.png`, voicePath: `/${name}.wav`, narrationSeconds: 2, cues: [], ...hashes };
}

describe('the clips of one run', () => {
  it('read a picture once, however many of them show it', () => {
    const graph = new ClipGraph(FORMAT);
    const [one, two] = [scene('one'), scene('two')];
    graph.add(bodyClip(one, { index: 0, count: 2 }, FORMAT), []);
    graph.add(seamClip(one, two, FORMAT), []);
    graph.add(bodyClip(two, { index: 1, count: 2 }, FORMAT), []);
    expect(graph.arguments().filter((argument) => argument.startsWith('file:'))).toEqual([
      'file:/one.png',
      'file:/two.png',
    ]);
    expect(
      graph
        .arguments()
        .at(-1)
        ?.match(/flags=lanczos/g),
    ).toHaveLength(2);
  });
});

describe('the clips of one run that show a zoom', () => {
  it('draw each of its key frames once', () => {
    const graph = new ClipGraph(FORMAT);
    const zoom = { kind: 'zoom', toward: 'in', frames: 100, keyEvery: 6 } as const;
    for (const range of [
      { start: 10, end: 40 },
      { start: 0, end: 10 },
    ]) {
      const shot = { picturePath: '/one.png', pictureHash: 'one', motion: zoom, range };
      graph.add({ kind: 'body', frames: range.end - range.start, shot, cues: [] }, []);
    }
    // Frames 0 to 40 need the key frames at 0, 6, … 42.
    expect(
      graph
        .arguments()
        .at(-1)
        ?.match(/flags=bicubic/g),
    ).toHaveLength(8);
  });
});

describe('the runs that make a film', () => {
  const runsOf = (count: number, parallel: number): number[] => {
    const scenes = Array.from({ length: count }, (_, at) => scene(String(at)));
    const plan = planFilm(
      scenes.map(({ narrationSeconds }) => narrationSeconds),
      FORMAT.rhythm,
    );
    return filmClips(scenes, plan, FORMAT, parallel).map((clips) => clips.length);
  };

  it('make two scenes each, with the seams before them', () => {
    expect(runsOf(5, 2)).toEqual([3, 4, 2]);
  });

  it('make one scene each where two would leave somebody without work', () => {
    expect(runsOf(1, 2)).toEqual([1]);
    expect(runsOf(2, 2)).toEqual([1, 2]);
    expect(runsOf(3, 4)).toEqual([1, 2, 2]);
  });
});
