import { describe, expect, it } from 'vitest';
import type { FilmFormat } from '../film/film.ts';
import { rhythmFor } from '../film/film-plan.ts';
import { ClipGraph } from './clip-graph.ts';

const FORMAT: FilmFormat = {
  size: { width: 1280, height: 720 },
  rhythm: rhythmFor(25),
  captionLook: null,
  language: 'en',
};

describe('The graph of a clip with a zoom', () => {
  it('reads its picture once and draws each of its key frames once', () => {
    const graph = new ClipGraph(FORMAT);
    const zoom = { kind: 'zoom', toward: 'in', frames: 100, keyEvery: 6 } as const;
    const shot = { picturePath: '/one.png', pictureHash: 'one', motion: zoom, range: { start: 0, end: 40 } };
    graph.add({ kind: 'body', frames: 40, shot, overlays: [], cues: [] });
    const files = graph.arguments().filter((argument) => argument.startsWith('file:'));
    expect(files).toEqual(['file:/one.png']);
    // Frames 0 to 40 need the key frames at 0, 6, … 42.
    const filters = graph.arguments().at(-1);
    expect(filters?.match(/flags=bicubic/g)).toHaveLength(8);
    expect(filters?.match(/flags=lanczos/g)).toHaveLength(1);
  });
});
