import type { Token } from 'markdown-it';
import { raised, withoutFootnoteMarks, withSpacesBetweenSentences } from './inline-text.ts';
import { joinParagraph, MARKED_BREAK } from './line-breaks.ts';
import { joinWithoutCalls, type LinkParts } from './link-calls.ts';

/** Tags that part what is before and after them. */
const BREAK = /^<\/?(?:br|p|div|li|ul|ol|tr|h[1-6]|hr|table|section)(?=[\s/>])/iu;

/** A tag of HTML or of SSML, which is written for voices, or a comment; "List<T>" is text. */
const TAG =
  /^<(?:[!?]|\/?(?:a|abbr|address|article|b|big|blockquote|br|center|cite|code|del|details|div|em|figure|font|footer|h[1-6]|header|hr|i|img|ins|kbd|li|main|mark|nav|ol|p|pre|q|ruby|rp|rt|s|samp|section|small|span|strike|strong|sub|summary|sup|table|tbody|td|th|thead|time|tr|tt|u|ul|v|var|video|wbr|speak|break|emphasis|prosody|say-as|phoneme|audio|lang|lexicon|metadata|desc|token|w|voice|svg|text|tspan|path|g|rect|circle|ellipse|line|polyline|polygon|use|defs|input|label|button|select|option|form|textarea|script|style|template|math)(?=[\s/>.]))/iu;

/** What is between these tags is no text. */
const LEFT_OUT = /^<(svg|math|script|style|button|select|textarea|template)(?=[\s>])/iu;

/** The last closing tag of each name, as an index of its token. */
function closedTags(tokens: readonly Token[]): ReadonlyMap<string, number> {
  return new Map(
    tokens.flatMap((token, i) => (token.type === 'html_inline' ? [[closingTag(token) ?? '', i] as const] : [])),
  );
}

function closingTag({ type, content }: Token): string | undefined {
  return type === 'html_inline' ? /^<\/([a-z]{1,10})\s{0,9}>$/iu.exec(content)?.[1]?.toLowerCase() : undefined;
}

/** The running text of parsed Markdown, without marks, pictures, marks of footnotes and links that only say what to click. */
export function inlineText(tokens: readonly Token[]): string {
  const parts: string[] = [];
  const links: LinkParts[] = [];
  let link = 0;
  let isRaised = false;
  let leftOut: string | undefined;
  const add = (text: string) => {
    const last = parts.at(-1) ?? '';
    parts.push(withoutFootnoteMarks(text, last !== '' && !/\s$/u.test(last)));
  };
  const closed = closedTags(tokens);
  for (const [i, token] of tokens.entries()) {
    const tag = token.type === 'html_inline' ? LEFT_OUT.exec(token.content)?.[1]?.toLowerCase() : undefined;
    if (tag !== undefined && leftOut === undefined && (closed.get(tag) ?? -1) > i && !/\/>$/u.test(token.content))
      leftOut = tag;
    if (leftOut !== undefined) {
      if (tag === undefined && leftOut === closingTag(token)) leftOut = undefined;
    } else if (token.type === 'text') add(isRaised ? raised(token.content) : token.content);
    else if (token.type === 'text_special' || token.type === 'code_inline') parts.push(token.content);
    else if (token.type === 'link_open') link = parts.length;
    else if (token.type === 'link_close') links.push({ from: link, to: parts.length });
    else if (token.type === 'softbreak') parts.push('\n');
    else if (token.type === 'hardbreak') parts.push(MARKED_BREAK);
    else if (token.type === 'html_inline') {
      if (!TAG.test(token.content)) add(token.content);
      else if (BREAK.test(token.content)) parts.push(MARKED_BREAK);
      else if (/^<a[\s>]/iu.test(token.content)) link = parts.length;
      else if (/^<\/a\s?>/iu.test(token.content)) links.push({ from: link, to: parts.length });
      else if (/^<\/?sup(?=[\s>])/iu.test(token.content)) isRaised = !token.content.startsWith('</');
    }
  }
  return withSpacesBetweenSentences(joinParagraph(joinWithoutCalls(parts, links)));
}
