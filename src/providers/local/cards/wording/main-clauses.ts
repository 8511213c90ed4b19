/** What a text says in its main clauses, and what only in clauses of reason, condition, time or relation beside them. */
export interface ClausesByRole {
  readonly main: string;
  readonly subordinate: string;
}

/**
 * Begins of subordinate clauses, by language: at the start of a sentence and after a comma; the second pattern is of those
 * that need no comma.
 */
const BEGINS: Readonly<Record<string, RegExp>> = {
  en: /(?:^|[.!?:;,—–]|\n)\s{0,2}["“]?(?:because|since|if|unless|when|whenever|although|though|while|which|whose|where)\s|\s(?=(?:because|unless|although|if|when|while)\s)/giu,
  de: /(?:^|[.!?:;,—–]|\n)\s{0,2}["„]?(?:weil|da|wenn|falls|sobald|obwohl|während|nachdem|bevor|damit|deren|dessen|denn)\s/giu,
  fr: /(?:^|[.!?:;,—–]|\n)\s{0,2}["«]?\s?(?:parce qu|puisqu|car\s|si\s|s['’]il|quand\s|lorsqu|bien qu|tandis qu|dont\s|où\s)|\s(?=(?:parce qu|puisqu|bien qu|quand\s|lorsqu))/giu,
  es: /(?:^|[.!?:;,—–¿¡]|\n)\s{0,2}["«]?(?:porque|ya que|si|cuando|aunque|mientras|cuy[oa]s?|donde)\s|\s(?=(?:porque|ya que|aunque|cuando)\s)/giu,
  pt: /(?:^|[.!?:;,—–]|\n)\s{0,2}["“]?(?:porque|já que|se|quando|embora|enquanto|cuj[oa]s?|onde)\s|\s(?=(?:porque|já que|embora|quando)\s)/giu,
  it: /(?:^|[.!?:;,—–]|\n)\s{0,2}["“«]?(?:perché|poiché|siccome|se|quando|sebbene|mentre|dove|finché)\s|\s(?=(?:perché|poiché|sebbene|quando|mentre)\s)/giu,
  zh: /(?:^|[。！？；，\n])(?:因為|因为|由於|由于|如果|要是|假如|雖然|虽然|儘管|尽管)/gu,
};
const END = /[,;.!?:—–，；。！？：\n]/u;
const SENTENCE_ENDS = new Set(['.', '!', '?', ':', '¿', '¡', '。', '！', '？', '\n']);
const COMMAS = new Set([',', ';', '—', '–', '，', '；']);

/** A subordinate clause goes to the next mark. "Where do bees live?" has a main clause only, though it begins as one. */
export function clausesByRole(text: string, base: string): ClausesByRole {
  const begins = BEGINS[base];
  if (begins === undefined) return { main: text, subordinate: '' };
  let main = '';
  let subordinate = '';
  let from = 0;
  for (const { 0: begin, index } of text.matchAll(begins)) {
    if (index < from) continue;
    const inner = index + Math.max(1, begin.length);
    const length = text.slice(inner).search(END);
    const end = length === -1 ? text.length : inner + length;
    const isAtStart = index === 0 || SENTENCE_ENDS.has(begin.charAt(0));
    if (isAtStart && !COMMAS.has(text.charAt(end))) continue;
    main += `${text.slice(from, index)}\n`;
    subordinate += `${text.slice(index, end)}\n`;
    from = end;
  }
  return { main: main + text.slice(from), subordinate };
}
