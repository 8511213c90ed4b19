import { bodyClip, type Clip, endingClip, seamClip } from '../clips/clip.ts';
import type { FilmFormat, SceneMedia } from './film.ts';
import type { FilmPlan } from './film-plan.ts';

/** Scenes that are made in one run of FFmpeg: each has an encoder of its own, and thus its memory. */
const MAX_SCENES_PER_RUN = 2;

/**
 * The film's clips in order, in groups that are made in one run where they are missing: a scene with the seam before it, or
 * two where there are enough for all who work. The picture between them is then read once for both.
 */
export function filmClips(
  scenes: readonly SceneMedia[],
  plan: FilmPlan,
  format: FilmFormat,
  parallel: number,
): Clip[][] {
  const scenesPerRun = Math.min(MAX_SCENES_PER_RUN, Math.ceil(scenes.length / parallel));
  const single = sceneClips(scenes, plan, format);
  return single.flatMap((_, at) => (at % scenesPerRun === 0 ? [single.slice(at, at + scenesPerRun).flat()] : []));
}

function sceneClips(scenes: readonly SceneMedia[], plan: FilmPlan, format: FilmFormat): Clip[][] {
  return scenes.map((scene, index) => {
    const previous = scenes[index - 1];
    const last = index === scenes.length - 1;
    return [
      ...(previous === undefined ? [] : [seamClip(previous, scene, format)]),
      bodyClip(scene, { index, count: scenes.length }, format),
      ...(last ? [endingClip(scene, plan.ending, format)] : []),
    ].filter((clip) => clip.frames > 0);
  });
}
