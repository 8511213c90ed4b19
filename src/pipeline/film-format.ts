import type { FilmFormat } from '../media/film/film.ts';
import { rhythmFor } from '../media/film/film-plan.ts';
import { frameSizeOf, type VideoSpec } from './video-spec.ts';

/** How a video's film looks and sounds, beside its scenes. */
export function filmFormatOf(videoSpec: VideoSpec): FilmFormat {
  return {
    size: frameSizeOf(videoSpec),
    rhythm: rhythmFor(25),
    burnInCaptions: videoSpec.burnInCaptions,
    language: videoSpec.language,
    ...(videoSpec.music ? { music: videoSpec.music } : {}),
  };
}
