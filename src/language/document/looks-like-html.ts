const OPENING_TAG =
  /^\s{0,99}<(?:!doctype\s+html|html|head|body|main|article|section|header|div|p|h[1-6]|ul|ol|table|blockquote|figure|span|br|b|strong|em|i|a|svg|nav|aside|footer|form|label|input|img|picture|details|dl)(?=[\s/>])/iu;
const MARKDOWN_LINE = /(?:^|\n) {0,3}(?:#{1,6} \S|[-*+] \S|\d{1,3}[.)] \S|```|> )/u;

/** True for a page or a fragment of HTML; false for Markdown with HTML in it. */
export function looksLikeHtml(text: string): boolean {
  return OPENING_TAG.test(text) && (/^\s{0,99}<(?:!doctype|html)/iu.test(text) || !MARKDOWN_LINE.test(text));
}
