import type { FilmFormat } from '../media/film/film.ts';
import { rhythmFor } from '../media/film/film-plan.ts';
import { frameSizeOf, type VideoSpec } from './video-spec.ts';

/** Visual and sound settings of a video's film, apart from its scenes. */
export function filmFormatOf(videoSpec: VideoSpec): FilmFormat {
  return {
    size: frameSizeOf(videoSpec),
    rhythm: rhythmFor(25),
    burnInCaptions: videoSpec.burnInCaptions,
    language: videoSpec.language,
    ...(videoSpec.music ? { music: videoSpec.music } : {}),
  };
}
