import { hasQualifierWords } from '../../../../language/headlines/qualifier-words.ts';
import { qualifiersIn } from '../../../../language/headlines/qualifiers.ts';
import { withoutEnd } from '../../../../language/headlines/shorten.ts';
import type { Language } from '../../../../language/language.ts';

/** Words that somebody said, and who said them, as the author writes it. */
export interface Quotation {
  readonly words: string;
  readonly speaker: string;
}

const VERBS =
  'says|said|writes|wrote|explains|explained|asks|asked|sagte?|erklärte?|schreibt|schrieb|meinte?|fragte?|dit|explique|a dit|écrit|dice|dijo|explica|explicó|escribió|diz|disse|escreveu|spiega|ha detto|scrive';
const OPENING = '["“„«»「]';
const CLOSING = '["”“«»」]';
/** “It works,” says the biologist Anna Weber. */
const WORDS_FIRST = new RegExp(
  `^${OPENING} ?([^"“”„«»「」]{12,220})${CLOSING},? (?:${VERBS}) ([^,;:"“”„«»]{3,60})$`,
  'u',
);
/** The biologist Anna Weber says: “It works.” */
const SPEAKER_FIRST = new RegExp(
  `^([^,;:"“”„«»]{3,60}) (?:${VERBS})[,:] ?${OPENING} ?([^"“”„«»]{12,220})${CLOSING}$`,
  'u',
);
const CHINESE_SPEAKER_FIRST = /^([^，。：「」“”]{2,20}?)(?:[說说]|表示|指出)[：:，][「“]([^「」“”]{5,80})[」”]$/u;
/** Pronouns, which need the sentence before. */
const NO_NAME = /^(?:he|she|they|it|i|we|you|one|er|sie|es|il|elle|on|él|ella|ele|ela|lui|lei|我|他|她|他們|他们)$/iu;

/** Null unless the text is nothing but a quotation and its speaker. */
export function quotationIn(text: string, language: Language): Quotation | null {
  const line = text
    .trim()
    .replace(/(["”“«»」])[.。]$/u, '$1')
    .replace(/[.。]$/u, '');
  const first = WORDS_FIRST.exec(line);
  const last = SPEAKER_FIRST.exec(line) ?? CHINESE_SPEAKER_FIRST.exec(line);
  const [words, speaker] = first === null ? [last?.[2], last?.[1]] : [first[1], first[2]];
  if (words === undefined || speaker === undefined || NO_NAME.test(speaker.trim())) return null;
  if (!hasQualifierWords(language.base) || qualifiersIn(speaker, language).length > 0) return null;
  return { words: withoutEnd(words), speaker: speaker.trim() };
}
