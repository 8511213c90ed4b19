import type { FilmFormat } from '../media/film.ts';
import { rhythmFor } from '../media/film-plan.ts';
import { type Brief, frameSizeOf } from './brief.ts';

/** How a video's film looks and sounds, beside its scenes. */
export function filmFormatOf(brief: Brief): FilmFormat {
  return {
    size: frameSizeOf(brief),
    rhythm: rhythmFor(25),
    burnInCaptions: brief.burnInCaptions,
    language: brief.language,
    ...(brief.music ? { music: brief.music } : {}),
  };
}
