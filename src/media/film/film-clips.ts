import { bodyClips, type Clip, endingClip, seamClip } from '../clips/clip.ts';
import type { FilmFormat, SceneMedia } from './film.ts';
import type { FilmPlan } from './film-plan.ts';

/** The film's clips in order: each scene with the preceding seam, and the ending after the last one. */
export function filmClips(scenes: readonly SceneMedia[], plan: FilmPlan, format: FilmFormat): Clip[] {
  return scenes.flatMap((scene, index) => {
    const previous = scenes[index - 1];
    const last = index === scenes.length - 1;
    return [
      ...(previous === undefined ? [] : [seamClip(previous, scene, format)]),
      ...bodyClips(scene, { index, count: scenes.length }, format),
      ...(last ? [endingClip(scene, plan.ending, format)] : []),
    ].filter((clip) => clip.frames > 0);
  });
}
