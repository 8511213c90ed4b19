import type { CaptionStyle, FilmFormat } from '../media/film/film.ts';
import { rhythmFor } from '../media/film/film-plan.ts';
import type { Tools } from './pipeline-run.ts';
import { frameSizeOf, type VideoSpec } from './video-spec.ts';

/** Visual and sound settings of a video's film, apart from its scenes. */
export function filmFormatOf(videoSpec: VideoSpec, { captionHighlight }: Pick<Tools, 'captionHighlight'>): FilmFormat {
  return {
    size: frameSizeOf(videoSpec),
    rhythm: rhythmFor(25),
    captionLook: videoSpec.burnInCaptions
      ? { style: captionStyleOf(videoSpec), highlight: captionHighlight(videoSpec.videoId, videoSpec.visualStyle) }
      : null,
    language: videoSpec.language,
    ...(videoSpec.music ? { music: videoSpec.music } : {}),
  };
}

/** Short videos, which are watched on phones, usually mark each word. */
function captionStyleOf({ captionStyle, aspectRatio }: VideoSpec): CaptionStyle {
  return captionStyle ?? (aspectRatio === 'PORTRAIT_9_16' ? 'WORD_HIGHLIGHT' : 'BLOCK');
}
