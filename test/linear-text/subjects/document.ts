import {
  isBoilerplate,
  withoutBoilerplate,
  withoutBoilerplateLines,
} from '../../../src/language/document/boilerplate.ts';
import { isByline, isDateLine, isMonth } from '../../../src/language/document/bylines.ts';
import { withoutFrontMatter } from '../../../src/language/document/front-matter.ts';
import { withoutHashtags } from '../../../src/language/document/hashtags.ts';
import { parseHtml } from '../../../src/language/document/html.ts';
import { withFencedCode } from '../../../src/language/document/indented-code.ts';
import {
  raised,
  withoutFootnoteMarks,
  withSpacesBetweenSentences,
} from '../../../src/language/document/inline-text.ts';
import { asSentence, rowText } from '../../../src/language/document/items.ts';
import { joinParagraph } from '../../../src/language/document/line-breaks.ts';
import { joinWithoutCalls } from '../../../src/language/document/link-calls.ts';
import { looksLikeHtml } from '../../../src/language/document/looks-like-html.ts';
import { parseMarkdown } from '../../../src/language/document/markdown.ts';
import { withoutMessageMarks } from '../../../src/language/document/messages.ts';
import { isHeadingAt } from '../../../src/language/document/plain-heading.ts';
import { prepareLines } from '../../../src/language/document/prepare-lines.ts';
import { isSentenceLike } from '../../../src/language/document/sentence-like.ts';
import { languageOf } from '../../../src/language/language.ts';
import { endsSentence, joinSentences } from '../../../src/language/sentences/join-sentences.ts';
import { article, blocksOf, english, type SubjectsByModule } from '../subject.ts';

const paragraphs = (text: string) =>
  text.split('\n').map((line) => ({ kind: 'paragraph', level: 0, text: line }) as const);

/** The functions in src/language/document, and the parsers of Markdown and HTML that they call. */
export const DOCUMENT: SubjectsByModule = {
  'src/language/document/indented-code.ts': {
    withFencedCode: article((text) => [
      withFencedCode(text.split('\n'), () => false),
      withFencedCode(
        Array.from(text, (one) => `    ${one}`),
        () => false,
      ),
    ]),
  },
  'src/language/document/block.ts': {},
  'src/language/document/boilerplate.ts': {
    isBoilerplate: article((text) => isBoilerplate(text, true)),
    withoutBoilerplate: article((text) => withoutBoilerplate(paragraphs(text))),
    withoutBoilerplateLines: article(withoutBoilerplateLines),
  },
  'src/language/document/boilerplate-patterns.ts': {},
  'src/language/document/bylines.ts': {
    isByline: article((text) => isByline(`By A${text}`)),
    isDateLine: article((text) => isDateLine(`2027 ${text}`)),
    isMonth: article(isMonth),
  },
  'src/language/document/document.ts': { documentOf: article(blocksOf) },
  'src/language/document/front-matter.ts': {
    withoutFrontMatter: article((text) => [
      withoutFrontMatter(`---\n${text}`),
      withoutFrontMatter(`---\na: ${text}\n---`),
    ]),
  },
  'src/language/document/html-reader.ts': { HtmlReader: 'called by parseHtml' },
  'src/language/document/html.ts': { parseHtml: article((text) => parseHtml(`<p>${text}`, english)) },
  'src/language/document/inline.ts': { inlineText: 'called by parseMarkdown' },
  'src/language/document/inline-text.ts': {
    raised: article(raised),
    withoutFootnoteMarks: article((text) => withoutFootnoteMarks(text, true)),
    withSpacesBetweenSentences: article(withSpacesBetweenSentences),
  },
  'src/language/document/hashtags.ts': {
    withoutHashtags: article((text) => withoutHashtags([{ kind: 'paragraph', level: 0, text: `${text} #a #b` }])),
  },
  'src/language/document/items.ts': {
    asSentence: article((text) => asSentence(text, english)),
    rowText: article((text) => rowText(text.split('a'), text.split('a'), english)),
  },
  'src/language/document/html-tasks.ts': { HtmlTasks: 'called by HtmlReader' },
  'src/language/document/link-calls.ts': {
    joinWithoutCalls: article((text) => {
      const parts = text.split(' ');
      return joinWithoutCalls(
        parts,
        parts.map((_, from) => ({ from, to: from + 1 })),
      );
    }),
  },
  'src/language/document/line-breaks.ts': { joinParagraph: article(joinParagraph) },
  'src/language/document/looks-like-html.ts': { looksLikeHtml: article((text) => looksLikeHtml(`<p>${text}`)) },
  'src/language/document/markdown.ts': { parseMarkdown: article((text) => parseMarkdown(text, english)) },
  'src/language/document/messages.ts': { withoutMessageMarks: article(withoutMessageMarks) },
  'src/language/document/plain-heading.ts': {
    isHeadingAt: article((text) => {
      const blocks = paragraphs(text);
      return blocks.map((_, i) => isHeadingAt(blocks, i, english));
    }),
  },
  'src/language/document/sentence-like.ts': {
    isSentenceLike: article((text) => [isSentenceLike(text, english), isSentenceLike(text, languageOf('zh-TW'))]),
  },
  'src/language/document/prepare-lines.ts': { prepareLines: article(prepareLines) },
  'src/language/document/tasks.ts': { withoutOpenTasks: 'called by parseMarkdown' },
  'src/language/sentences/join-sentences.ts': {
    endsSentence: article(endsSentence),
    joinSentences: article((text) => joinSentences(text.split('a'))),
  },
};
