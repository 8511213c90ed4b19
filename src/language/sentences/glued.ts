/**
 * A closing mark between a word and a capitalised word without a space: "It was hot.The road". The word after it must be
 * whole, so that "example.Com.au" and "server.KeepAlive" are not found.
 */
const GLUED = /\p{Ll}{2}[.!?…][”’"»)]{0,2}(?=[“"«(]?\p{Lu}\p{Ll}{0,20}(?:[\s,;:'’]|$))/gu;
/** "Node.Js", "ASP.Net", "Booking.Com" */
const NAME_ENDS = /^(?:Js|Ts|Net|Com|Org|Io|Ai|Py|Java|Jpg|Png|Pdf|Txt|Exe|Md|Html|Css|Json)(?![\p{Ll}])/u;

/** Ends of sentences that lack the space after them, as ascending UTF-16 offsets. */
export function* gluedEnds(text: string): Generator<number> {
  for (const { index, 0: match } of text.matchAll(GLUED)) {
    const end = index + match.length;
    if (!NAME_ENDS.test(text.slice(end, end + 8)) && !isAddress(text, index)) yield end;
  }
}

/** True inside a web or e-mail address, or a path: its characters before the offset have "/", "@" or "www.". */
function isAddress(text: string, at: number): boolean {
  const before =
    text
      .slice(Math.max(0, at - 80), at)
      .split(/\s/u)
      .at(-1) ?? '';
  return /[/@\\]|www\./u.test(before);
}
