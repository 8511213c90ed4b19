import { cleanText } from '../../../language/clean.ts';
import { blocksOf } from '../../../language/document/markdown.ts';
import { languageOf } from '../../../language/language.ts';
import type { ScriptRequest } from '../../ports.ts';
import { withParagraphs } from './article/candidates.ts';
import { hasOutline, topicTitle } from './outline.ts';
import { titleOf } from './title.ts';

/**
 * Number of UTF-16 units from which the title is made: more than any title needs, and few enough to be processed during
 * a request.
 */
const BEGINNING = 2_000;

/**
 * The title that the built-in text provider will give the script of a source, before it is written; empty if the source
 * has too little text. A beginning of two thousand characters without an end of a paragraph may give a different title
 * than the whole text.
 */
export function earlyTitle(source: ScriptRequest['source'], tag: string): string {
  const language = languageOf(tag);
  switch (source.kind) {
    case 'script':
      return titleOf(blocksOf(beginningOf(source.text)), language);
    case 'article':
      return titleOf(blocksOf(withParagraphs(beginningOf(source.text))), language);
    case 'scenes':
      return titleOf(blocksOf(beginningOf(source.scenes[0]?.narration ?? '').trim()), language);
    case 'topic':
      return hasOutline(tag) ? topicTitle(source.text, language) : '';
    default:
      return source satisfies never;
  }
}

function beginningOf(text: string): string {
  return cleanText(text.slice(0, BEGINNING).toWellFormed());
}
