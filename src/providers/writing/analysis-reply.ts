import { z } from 'zod';
import { cleanText, hasContent, joinLines } from '../../language/clean.ts';
import { shorten } from '../../language/headlines/shorten.ts';
import type { Language } from '../../language/language.ts';
import { withChapters } from '../chapter-list.ts';
import type { Analysis, AnalysisRequest } from '../ports.ts';
import type { Read } from './json-reply.ts';
import { type LanguageCheck, languageFault } from './reply-language.ts';

/** In UTF-16 units, as the built-in analysis keeps them. */
const SUMMARY_LIMIT = 400;
const TITLE_LIMIT = 100;
const DESCRIPTION_LIMIT = 2_000;
const SEO_DESCRIPTION_LIMIT = 160;
const CHAPTER_TITLE_LIMIT = 120;
const TAG_LIMIT = 50;
const MOST_TAGS = 12;
/** Video platforms accept no shorter chapters. */
const SHORTEST_CHAPTER_SECONDS = 10;

/** Only strings, numbers and lists, all of them required: services' strict modes know no more. */
export const analysisReply = z.object({
  summary: z.string(),
  title: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  chapters: z.array(z.object({ title: z.string(), scene: z.number() })),
  seo: z.object({ title: z.string(), description: z.string(), keywords: z.array(z.string()) }),
});
type AnalysisReply = z.infer<typeof analysisReply>;

export interface Analysed {
  readonly language: Language;
  readonly scenes: AnalysisRequest['scenes'];
  readonly check: LanguageCheck;
}

/** The analysis of a reply, or what is wrong with it. What is only too long is shortened: another reply would cost more than it gives. */
export function analysisIn(reply: AnalysisReply, { language, scenes, check }: Analysed): Read<Analysis> {
  const line = (text: string, limit: number) => shorten(joinLines(cleanText(text)), limit, language);
  const texts = {
    summary: line(reply.summary, SUMMARY_LIMIT),
    title: line(reply.title, TITLE_LIMIT),
    description: line(reply.description, DESCRIPTION_LIMIT),
    'seo.title': line(reply.seo.title, TITLE_LIMIT),
    'seo.description': line(reply.seo.description, SEO_DESCRIPTION_LIMIT),
  };
  const tags = tagsIn(reply.tags, language);
  const keywords = tagsIn(reply.seo.keywords, language);
  const chapters = chaptersIn(reply.chapters, scenes, (title) => line(title, CHAPTER_TITLE_LIMIT));
  const other = languageFault(check, language, [reply.summary, reply.description, reply.title].join('\n'));
  const faults = [
    ...Object.entries(texts).flatMap(([name, text]) => (hasContent(text) ? [] : [`${name}: it is empty.`])),
    ...(tags.length === 0 ? ['tags: there is none.'] : []),
    ...('faults' in chapters ? chapters.faults : []),
    ...(other === undefined ? [] : [other]),
  ];
  if (faults.length > 0 || 'faults' in chapters) return { faults };
  return {
    value: {
      summary: texts.summary,
      suggestedTitle: texts.title,
      suggestedDescription: withChapters(texts.description, chapters.value),
      suggestedTags: tags,
      chapters: chapters.value,
      seo: {
        title: texts['seo.title'],
        description: texts['seo.description'],
        keywords: keywords.length > 0 ? keywords : tags,
      },
    },
  };
}

/** Lower case, without '#', each once. */
function tagsIn(tags: readonly string[], { tag: language }: Language): string[] {
  const kept = tags
    .map((tag) => joinLines(cleanText(tag)).replace(/^#/u, '').trim().toLocaleLowerCase(language))
    .filter((tag) => hasContent(tag) && tag.length <= TAG_LIMIT);
  return [...new Set(kept)].slice(0, MOST_TAGS);
}

/**
 * A model names the scene at which a chapter begins; the time is that of the scene. A chapter that begins too soon after the one
 * before it, or before the end, is left out.
 */
function chaptersIn(
  given: AnalysisReply['chapters'],
  scenes: AnalysisRequest['scenes'],
  titleOf: (title: string) => string,
): Read<Analysis['chapters']> {
  const numbers = given.map(({ scene }) => scene);
  const isOrdered = numbers.every((scene, i) => i === 0 || scene > (numbers[i - 1] ?? 0));
  const areScenes = numbers.every((scene) => Number.isInteger(scene) && scene >= 1 && scene <= scenes.length);
  if (numbers[0] !== 1 || !isOrdered || !areScenes)
    return {
      faults: [
        `chapters: the first begins with scene 1, and the others, in order, with scenes up to ${scenes.length}.`,
      ],
    };
  const last = scenes.at(-1);
  const end = last === undefined ? 0 : last.startSeconds + last.durationSeconds;
  const chapters: { title: string; startSeconds: number }[] = [];
  for (const { title, scene } of given) {
    const startSeconds = scene === 1 ? 0 : (scenes[scene - 1]?.startSeconds ?? 0);
    const before = chapters.at(-1)?.startSeconds;
    const isLongEnough = end - startSeconds >= SHORTEST_CHAPTER_SECONDS;
    if (before !== undefined && (startSeconds - before < SHORTEST_CHAPTER_SECONDS || !isLongEnough)) continue;
    chapters.push({ title: titleOf(title), startSeconds });
  }
  const isUntitled = chapters.some(({ title }) => !hasContent(title));
  return isUntitled ? { faults: ['chapters: a title is empty.'] } : { value: chapters };
}
