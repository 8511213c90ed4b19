import { cleanText, hasContent } from '../clean.ts';
import type { Language } from '../language.ts';
import { withPlainFormulas } from '../repair/formulas.ts';
import type { Document } from './block.ts';
import { withoutFrontMatter } from './front-matter.ts';
import { withoutHashtags } from './hashtags.ts';
import { looksLikeHtml } from './looks-like-html.ts';
import { withoutMessageMarks } from './messages.ts';

/** Tags of SSML with the prefix of a service, which parsers of Markdown take for text. */
const VOICE_TAG = /<\/?(?:amazon|mstts):[a-z-]{1,30}(?:\s[^<>]{0,200})?>/giu;

/**
 * The parts of a pasted text: Markdown, HTML, front matter, chat exports, subtitles, messages, or plain text. Pictures,
 * comments, definitions of links and footnotes, the marks of footnotes, and hashtags at the end are left out; every other word is kept. Formulas
 * of TeX are as they are printed. An
 * item of a list and a row of a table end with a full stop, since they are spoken as sentences.
 *
 * The parsers are loaded with the first document: they are not needed by a process that reads none. Takes linear time.
 */
export async function documentOf(text: string, language: Language): Promise<Document> {
  const front = withoutFrontMatter(cleanText(text).replace(VOICE_TAG, ''));
  const message = withoutMessageMarks(withPlainFormulas(front.text));
  const parsed = looksLikeHtml(message.text)
    ? (await import('./html.ts')).parseHtml(message.text, language)
    : (await import('./markdown.ts')).parseMarkdown(message.text, language);
  const title = [front.title, message.title, parsed.title].find((one) => one !== undefined && hasContent(one));
  const blocks = withoutHashtags(parsed.blocks.filter((block) => block.text !== ''));
  return { ...(title === undefined ? {} : { title }), blocks };
}
