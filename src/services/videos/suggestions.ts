import type { VideoAnalysisFacts } from '../../entities/video.ts';
import { cleanText, distinct, LIMITS } from './create-video-validation.ts';

export interface SuggestedTexts {
  title?: string;
  description?: string;
  tags?: string[];
}

/** What an analysis suggests, without what it left empty. A provider's texts may be longer than the fields of a video: they are cut. */
export function suggestedTexts(analysis: VideoAnalysisFacts): SuggestedTexts {
  const title = cut(analysis.suggestedTitle, LIMITS.title);
  const description = cut(analysis.suggestedDescription, LIMITS.description);
  const tags = distinct(analysis.suggestedTags)
    .filter((tag) => tag !== '' && Array.from(tag).length <= LIMITS.tag)
    .slice(0, LIMITS.tags);
  return {
    ...(title === '' ? {} : { title }),
    ...(description === '' ? {} : { description }),
    ...(tags.length === 0 ? {} : { tags }),
  };
}

function cut(text: string, characters: number): string {
  return Array.from(cleanText(text)).slice(0, characters).join('').trim();
}
