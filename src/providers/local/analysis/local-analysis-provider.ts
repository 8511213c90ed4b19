import { throwIfCanceled } from '../../../errors.ts';
import { cleanText, inOneLine, joinLines, trimLines } from '../../../language/clean.ts';
import { firstClause, shorten } from '../../../language/headlines/shorten.ts';
import { statementsOf } from '../../../language/headlines/statements.ts';
import { type Language, languageOf } from '../../../language/language.ts';
import { withChapters } from '../../chapter-list.ts';
import type { Analysis, AnalysisRequest } from '../../ports.ts';
import { chaptersOf } from './chapters.ts';
import { summaryOf } from './summary.ts';
import { tagsOf } from './tags.ts';

/** Visible lengths of a title and a description on platforms and search engines, in UTF-16 units. */
const TITLE_LIMIT = 100;
const SEO_DESCRIPTION_LIMIT = 160;

/**
 * The built-in analysis provider: reads the narration, not the pictures, and uses only the narration's own text. Throws
 * CANCELED.
 */
export class LocalAnalysisProvider {
  async analyse(request: AnalysisRequest, signal: AbortSignal): Promise<Analysis> {
    throwIfCanceled(signal);
    const language = languageOf(request.language);
    const scenes = request.scenes.map((scene) => ({ ...scene, narration: trimLines(cleanText(scene.narration)) }));
    const narrations = scenes.map((scene) => scene.narration);
    const given = joinLines(cleanText(request.title));
    const title = shorten(given || firstClause(narrations[0] ?? '', TITLE_LIMIT, language), TITLE_LIMIT, language);
    const summary = summaryOf(narrations, language) || title;
    const chapters = chaptersOf(scenes, language);
    const tags = tagsOf(given, narrations, language);
    return {
      summary,
      suggestedTitle: title,
      suggestedDescription: withChapters(summary, chapters),
      suggestedTags: tags,
      chapters: chapters.length > 0 ? chapters : [{ title: title || '1', startSeconds: 0 }],
      seo: { title, description: beginningOf(summary, language), keywords: tags },
    };
  }
}

/** The statements of a summary that fit a search engine's description, in one line. */
function beginningOf(summary: string, language: Language): string {
  const beginnings = statementsOf(summary, language).map(({ end }) => inOneLine(summary.slice(0, end)));
  const longest = beginnings.findLast((one) => one.length <= SEO_DESCRIPTION_LIMIT);
  return longest ?? shorten(inOneLine(summary), SEO_DESCRIPTION_LIMIT, language);
}
