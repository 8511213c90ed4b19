import { hasQualifierWords } from '../../../../language/headlines/qualifier-words.ts';
import { qualifiersIn } from '../../../../language/headlines/qualifiers.ts';
import { withoutEnd } from '../../../../language/headlines/shorten.ts';
import type { Language } from '../../../../language/language.ts';

/** Words that somebody said, and who said them, as the author writes it. */
export interface Quotation {
  readonly words: string;
  readonly speaker: string;
}

const VERBS = new Set(
  'says|said|writes|wrote|explains|explained|asks|asked|sagt|sagte|erklärt|erklärte|schreibt|schrieb|meint|meinte|fragt|fragte|dit|explique|a dit|écrit|dice|dijo|explica|explicó|escribió|diz|disse|escreveu|spiega|ha detto|scrive'.split(
    '|',
  ),
);
/** “It works,” says the biologist Anna Weber. The verb has one word or two. */
const WORDS_FIRST = /^["“„«»「] ?([^"“”„«»「」]{12,220})["”“«»」],? ([^,;:"“”„«»]{3,80})$/u;
/** The biologist Anna Weber says: “It works.” */
const SPEAKER_FIRST = /^([^,;:"“”„«»]{3,80})[,:] ?["“„«»「] ?([^"“”„«»「」]{12,220})["”“«»」]$/u;
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
  const last = SPEAKER_FIRST.exec(line);
  const chinese = CHINESE_SPEAKER_FIRST.exec(line);
  const [words, speaker] =
    first !== null
      ? [first[1], withoutVerb(first[2] ?? '', 'first')]
      : last !== null
        ? [last[2], withoutVerb(last[1] ?? '', 'last')]
        : [chinese?.[2], chinese?.[1]];
  if (words === undefined || speaker === undefined || NO_NAME.test(speaker.trim())) return null;
  if (!hasQualifierWords(language.base) || qualifiersIn(speaker, language).length > 0) return null;
  return { words: withoutEnd(words), speaker: speaker.trim() };
}

/** The speaker in "says Anna Weber" or "Anna Weber says"; undefined without a verb of saying. */
function withoutVerb(clause: string, place: 'first' | 'last'): string | undefined {
  const words = clause.split(' ');
  for (const count of [2, 1]) {
    const verb = place === 'first' ? words.slice(0, count) : words.slice(-count);
    const speaker = (place === 'first' ? words.slice(count) : words.slice(0, -count)).join(' ');
    if (VERBS.has(verb.join(' ')) && speaker.length >= 3 && speaker.length <= 60) return speaker;
  }
  return undefined;
}
