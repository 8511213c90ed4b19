import { cleanText, hasContent } from '../clean.ts';
import type { Language } from '../language.ts';
import type { Document } from './block.ts';
import { withoutFrontMatter } from './front-matter.ts';
import { looksLikeHtml } from './looks-like-html.ts';
import { withoutMessageMarks } from './messages.ts';

/**
 * The parts of a pasted text: Markdown, HTML, front matter, chat exports, subtitles, messages, or plain text. Pictures,
 * comments, definitions of links and footnotes, and the marks of footnotes are left out; every other word is kept. An
 * item of a list and a row of a table end with a full stop, since they are spoken as sentences.
 *
 * The parsers are loaded with the first document: they are not needed by a process that reads none. Takes linear time.
 */
export async function documentOf(text: string, language: Language): Promise<Document> {
  const front = withoutFrontMatter(cleanText(text));
  const message = withoutMessageMarks(front.text);
  const parsed = looksLikeHtml(message.text)
    ? (await import('./html.ts')).parseHtml(message.text, language)
    : (await import('./markdown.ts')).parseMarkdown(message.text, language);
  const title = [front.title, message.title, parsed.title].find((one) => one !== undefined && hasContent(one));
  const blocks = parsed.blocks.filter((block) => block.text !== '');
  return { ...(title === undefined ? {} : { title }), blocks };
}
