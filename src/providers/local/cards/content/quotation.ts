import { hasQualifierWords } from '../../../../language/headlines/qualifier-words.ts';
import { qualifiersIn } from '../../../../language/headlines/qualifiers.ts';
import { withoutEnd } from '../../../../language/headlines/shorten.ts';
import { statementsOf } from '../../../../language/headlines/statements.ts';
import { widthOf } from '../../../../language/headlines/width.ts';
import type { Language } from '../../../../language/language.ts';
import { dialogueIn } from '../../../../language/sentences/dialogue.ts';
import { sentencesOf } from '../../../../language/sentences/sentences.ts';

/** Words that somebody said, and who said them, as the author writes it. */
export interface Quotation {
  readonly words: string;
  readonly speaker: string;
}

/** A quotation of several sentences. */
export interface LongQuotation {
  /** Each at least one sentence; the end of the last one is left out. */
  readonly parts: readonly QuotationPart[];
  /** Empty if the text has no name of one. */
  readonly speaker: string;
  /** The author's quotation marks, with the spaces inside them. */
  readonly marks: readonly [opening: string, closing: string];
}

export interface QuotationPart {
  readonly text: string;
  /** UTF-16 units of the text with the quotation. */
  readonly start: number;
}

/** UTF-16 units of words that are shown at once. */
const LONGEST_WORDS = 220;
const LONGEST_CHINESE = 80;
/** A part as `widthOf` measures it. */
const LONGEST_PART = 200;
/** Each is one word or two. */
const VERBS: ReadonlySet<string> = new Set(
  [
    'says|said|writes|wrote|explains|explained|asks|asked|adds|added|answers|answered|replies|replied|recalls|recalled',
    'sagt|sagte|erklärt|erklärte|schreibt|schrieb|meint|meinte|fragt|fragte|betont|betonte|erzählt|erzählte|ergänzt',
    'ergänzte|antwortet|antwortete|berichtet|berichtete|dit|a dit|explique|a expliqué|écrit|a écrit|déclare|a déclaré|affirme',
    'a affirmé|assure|a assuré|ajoute|a ajouté|précise|a précisé|raconte|a raconté|répond|a répondu|dice|dijo|explica',
    'explicó|escribe|escribió|afirma|afirmó|declara|declaró|asegura|aseguró|añade|añadió|cuenta|contó|señala|señaló',
    'responde|respondió|diz|disse|explicou|escreve|escreveu|afirmou|declarou|garante|garantiu|conta|contou|acrescenta',
    'acrescentou|respondeu|spiega|spiegò|ha spiegato|scrive|ha scritto|ha detto|dichiara|ha dichiarato|afferma',
    'ha affermato|aggiunge|ha aggiunto|racconta|ha raccontato|risponde|ha risposto',
  ].flatMap((some) => some.split('|')),
);
/** After a speaker's comma, what says who the speaker is: a name, or a noun with its article ("the mayor"). */
const APPOSITION = /^(?:\p{Lu}|(?:the|an?|le|la|les|el|los|las|il|lo|gli|un|una|une|o|os|as) |l[’'])/u;
/** UTF-16 units. */
const LONGEST_SPEAKER = 60;
/** “It works,” says the biologist Anna Weber. The verb has one word or two. */
const WORDS_FIRST = /^["“„«»「] ?([^"“”„«»「」]{12,900})["”“«»」],? ([^;:"“”„«»]{3,80})$/u;
/** The biologist Anna Weber says: “It works.” */
const SPEAKER_FIRST = /^([^,;:"“”„«»]{3,80})[,:] ?["“„«»「] ?([^"“”„«»「」]{12,900})["”“«»」]$/u;
const CHINESE_SPEAKER_FIRST = /^([^，。：「」“”]{2,20}?)(?:[說说]|表示|指出)[：:，][「“]([^「」“”]{5,400})[」”]$/u;
const CHINESE_WORDS_FIRST = /^[「“]([^「」“”]{5,400})[」”]，?([^，。：「」“”]{2,20}?)(?:[說说]|表示|指出)$/u;
const WORDS_ALONE = /^["“„«»「] ?([^"“”„«»「」]{12,900})["”“«»」]$/u;
/** What an interview has before what is answered: no name. */
const ANSWER = /^(?:answer|antwort|réponse|respuesta|resposta|risposta)$/iu;
/** Pronouns, which need the sentence before. */
const NO_NAME = /^(?:he|she|they|it|i|we|you|one|er|sie|es|il|elle|on|él|ella|ele|ela|lui|lei|我|他|她|他們|他们)$/iu;

/** Null unless the text is nothing but a quotation and its speaker. */
export function quotationIn(text: string, language: Language): Quotation | null {
  const line = dialogueIn(text);
  if (line !== null && qualifiersIn(line.speaker, language).length === 0 && fits(line.words, language))
    return { words: withoutEnd(line.words), speaker: line.speaker };
  const found = partsOf(text, language);
  if (found === null || found.speaker === '' || NO_NAME.test(found.speaker)) return null;
  if (!fits(found.words, language)) return null;
  return { words: withoutEnd(found.words), speaker: found.speaker };
}

function fits(words: string, { spaced }: Language): boolean {
  return words.length <= (spaced ? LONGEST_WORDS : LONGEST_CHINESE);
}

/**
 * Null unless the text is nothing but a quotation of several sentences, with or without its speaker. A sentence that takes
 * back the one before it is in one part with that.
 */
export function longQuotationIn(text: string, language: Language): LongQuotation | null {
  const found = partsOf(text, language);
  if (found === null) return null;
  const { words, speaker } = found;
  const from = text.indexOf(words);
  const parts = statementsOf(words, language).map((one) => ({ text: one.text, start: from + one.start }));
  if (parts.length < 2 || parts.some((part) => widthOf(part.text) > LONGEST_PART)) return null;
  const opening = /["“„«»「] ?$/u.exec(text.slice(Math.max(0, from - 2), from))?.[0] ?? '';
  const closing = /^ ?["”“«»」]/u.exec(text.slice(from + words.length).trimStart())?.[0] ?? '';
  const marks = [opening, opening.endsWith(' ') ? ` ${closing}` : closing] as const;
  return { parts, speaker: NO_NAME.test(speaker) ? '' : speaker, marks };
}

/** The words between quotation marks, and the speaker, who may be a pronoun or missing. */
function partsOf(text: string, language: Language): Quotation | null {
  const line = text
    .trim()
    .replace(/(["”“»«」])[.。]$/u, '$1')
    .replace(/[.。]$/u, '');
  const [alone, first, last, chinese, chineseFirst] = [
    WORDS_ALONE,
    WORDS_FIRST,
    SPEAKER_FIRST,
    CHINESE_SPEAKER_FIRST,
    CHINESE_WORDS_FIRST,
  ].map((form) => form.exec(line));
  const [words, speaker] =
    alone != null
      ? [alone[1], '']
      : first != null
        ? [first[1], withoutVerb(first[2] ?? '')]
        : last != null
          ? [last[2], withoutVerb(last[1] ?? '')]
          : chinese != null
            ? [chinese[2], chinese[1]]
            : [chineseFirst?.[1], chineseFirst?.[2]];
  if (words === undefined || speaker === undefined || !hasQualifierWords(language.base)) return null;
  // Another sentence after the speaker could take the words back.
  const isOne = sentencesOf(speaker, language).length < 2 && qualifiersIn(speaker, language).length === 0;
  return isOne ? { words, speaker: speaker.trim() } : null;
}

/** The speaker in "says Anna Weber" or "Anna Weber says"; undefined without a verb of saying. */
function withoutVerb(clause: string): string | undefined {
  if (ANSWER.test(clause.trim())) return '';
  const [named = '', ...appositions] = clause.trim().split(', ');
  if (!appositions.every((one) => APPOSITION.test(one))) return undefined;
  const words = named.split(' ');
  for (const count of [2, 1]) {
    const [begin, end] = [words.slice(0, count).join(' '), words.slice(-count).join(' ')];
    const rest = VERBS.has(end) ? words.slice(0, -count) : VERBS.has(begin) ? words.slice(count) : [];
    const speaker = rest.join(' ');
    if (NO_NAME.test(speaker)) return appositions.length === 0 ? speaker : undefined;
    const whole = [speaker, ...appositions].join(', ');
    if (speaker.length >= 3 && whole.length <= LONGEST_SPEAKER) return whole;
  }
  return undefined;
}
