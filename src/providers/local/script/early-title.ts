import { documentOf } from '../../../language/document/document.ts';
import { languageOf } from '../../../language/language.ts';
import type { ScriptRequest } from '../../ports.ts';
import { articleDocument } from './source-document.ts';
import { titleOf } from './title.ts';

/**
 * Number of UTF-16 units from which the title is made: more than any title needs, and few enough to be processed during
 * a request.
 */
const BEGINNING = 2_000;

/**
 * The title that the built-in text provider will give the script of a source, before it is written; empty if the source
 * has too little text, or is a topic. A beginning of two thousand characters without an end of a paragraph may give a
 * different title than the whole text. The first call loads the parsers of Markdown or HTML.
 */
export async function earlyTitle(source: ScriptRequest['source'], tag: string): Promise<string> {
  const language = languageOf(tag);
  switch (source.kind) {
    case 'script':
      return titleOf(await documentOf(beginningOf(source.text), language), language);
    case 'article':
      return titleOf(await articleDocument(beginningOf(source.text), language), language);
    case 'scenes':
      return titleOf(await documentOf(beginningOf(source.scenes[0]?.narration ?? ''), language), language);
    case 'topic':
      return '';
    default:
      return source satisfies never;
  }
}

function beginningOf(text: string): string {
  return text.slice(0, BEGINNING).toWellFormed();
}
