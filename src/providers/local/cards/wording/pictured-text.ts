import { type Qualifier, qualifiersIn, wordSegmenter } from '../../../../language/headlines/qualifiers.ts';
import { callsWrong, takesBack } from '../../../../language/headlines/statements.ts';
import type { Language } from '../../../../language/language.ts';
import { sentencesOf } from '../../../../language/sentences/sentences.ts';
import { isStopWord } from '../../../../language/words/stop-words.ts';

/** Words, or characters in Chinese, of a sentence that only takes back the one before: "It was not." */
const LONGEST_TAKING_BACK = { words: 3, characters: 6 };
/**
 * Conditions, possibilities and "only" deny no thing: a picture of the tablets of which adults may take four is right. In
 * lower case, by language.
 */
const POSSIBLE: Readonly<Record<string, ReadonlySet<string>>> = {
  en: set('if unless whether may might could would perhaps maybe possibly only few fewer rarely seldom avoid'),
  de: set(`wenn falls ob könnte könnten würde würden dürfte dürften möglicherweise vielleicht vermutlich soll sollen nur
    lediglich wenige selten`),
  fr: set("si s'il s'ils pourrait pourraient peut serait seraient seul seule seuls seules seulement peu"),
  es: set('si podría podrían quizá quizás tal solo sólo solamente únicamente pocos pocas'),
  pt: set('se poderia poderiam pode podem talvez só apenas somente poucos poucas'),
  it: set('se potrebbe potrebbero forse solo soltanto solamente pochi poche'),
  zh: set('可能 或許 或许 也許 也许 恐怕 如果 要是 假如 萬一 万一 僅 仅 只 少數 少数 很少'),
};
/** Only what comes directly after them is absent: "Sin agujeros, el agua no sale". */
const WITHOUT = /^(?:without|ohne|sans|sin|sem|senza)$/iu;
/** "At most" and "rather" (不如) deny no thing. */
const CHINESE_AMOUNT = /^不(?:超[過过]|如|到|足|少[於于]|高[於于]|低[於于]|一定|只|[僅仅])/u;
/** After one of these a denial has ended, by language: marks, contrasts, exceptions and reasons. */
const ENDS: Readonly<Record<string, RegExp>> = {
  en: /[;:—–!?…]|,?\s(?=(?:but|however|except|because|although|though|where|while)(?!\p{L}))/giu,
  de: /[;:—–!?…]|,\s(?=(?:aber|sondern|doch|jedoch|außer|wo|weil|denn|obwohl|während)(?!\p{L}))/giu,
  fr: /[;:—–!?…]|,?\s(?=(?:mais|sauf|car|parce|cependant|où|tandis)(?!\p{L}))/giu,
  es: /[;:—–!?…]|,?\s(?=(?:pero|sino|salvo|excepto|porque|aunque|donde|mientras)(?!\p{L}))/giu,
  pt: /[;:—–!?…]|,?\s(?=(?:mas|senão|salvo|exceto|porque|embora|onde|enquanto)(?!\p{L}))/giu,
  it: /[;:—–!?…]|,?\s(?=(?:ma|bensì|tranne|eccetto|perché|sebbene|dove|mentre)(?!\p{L}))/giu,
  zh: /[，；：！？。—]/gu,
};
/**
 * "Ne courez pas au bord de l’eau", "Neither the school nor the clinic is affected": the things are there that have an
 * article.
 */
const FORBIDDEN: Readonly<Record<string, RegExp>> = {
  en: /^\P{L}{0,9}(?:please )?(?:do not|don['’]t|never|neither) [^.]{0,80}?(?<!\p{L})(?=(?:the|your|these|those) )/iu,
  de: /^\P{L}{0,9}weder [^.]{0,80}?(?<!\p{L})(?=(?:der|die|das|den|dem) )/iu,
  fr: /^\P{L}{0,9}(?:n(?:e |['’])\p{L}{2,20}(?:ez|ons) (?:pas|jamais)|ni) [^.]{0,80}?(?<!\p{L})(?=(?:les?|la|aux?|votre|vos) |l['’])/iu,
  es: /^\P{L}{0,9}(?:(?:no|nunca) (?!es |está |hay )\p{L}{2,20}(?:e|es|en|a|as|an)|ni) [^.]{0,80}?(?<!\p{L})(?=(?:el|la|los|las|al|su|sus) )/iu,
  pt: /^\P{L}{0,9}(?:(?:não|nunca) (?!é |está |há )\p{L}{2,20}(?:e|em|a|am)|nem) [^.]{0,80}?(?<!\p{L})(?=(?:os?|as?|seus?|suas?) )/iu,
  it: /^\P{L}{0,9}(?:(?:non|mai) \p{L}{2,20}(?:te|re)|né) [^.]{0,80}?(?<!\p{L})(?=(?:il|lo|la|i|gli|le) |l['’])/iu,
};
/** Also between things that are enumerated. */
const CLAUSE_ENDS = /[,;:!?，；：！？。—–]|\s(?=(?:and|und|et|y|e|o|but)\s)/gu;

/**
 * The parts of a text of whose things a picture is right, on lines of their own: what it denies is left out, and so is what the
 * next sentence calls wrong; not what it says of other things.
 */
export function picturedText(text: string, language: Language): string {
  const segmenter = wordSegmenter(language);
  const sentences = sentencesOf(text, language);
  return sentences
    .filter((_, at) => !isTakenBack(sentences[at + 1]?.text, language, segmenter))
    .map((sentence) =>
      piecesOf(sentence.text, ENDS[language.base])
        .map((piece) => withoutDenied(piece, language, segmenter))
        .join(''),
    )
    .join('\n');
}

/** True if a clause that `matches` is denied: "The moon did not come out, and …". */
export function deniesClause(text: string, language: Language, matches: (clause: string) => boolean): boolean {
  const segmenter = wordSegmenter(language);
  return sentencesOf(text, language)
    .flatMap((sentence) => piecesOf(sentence.text, CLAUSE_ENDS))
    .some(
      (clause) =>
        denialsIn(clause, language, segmenter).length > 0 &&
        FORBIDDEN[language.base]?.test(clause) !== true &&
        matches(clause),
    );
}

function isTakenBack(next: string | undefined, language: Language, segmenter: Intl.Segmenter): boolean {
  if (next === undefined) return false;
  const { words, characters } = LONGEST_TAKING_BACK;
  const isShort = language.spaced ? next.trim().split(/\s+/u).length <= words : next.length <= characters;
  const denies = isShort && denialsIn(next, language, segmenter).length > 0;
  return callsWrong(next) || (denies && takesBack(next, language, segmenter));
}

function withoutDenied(piece: string, language: Language, segmenter: Intl.Segmenter): string {
  const denials = denialsIn(piece, language, segmenter);
  const [first] = denials;
  if (first === undefined) return piece;
  const forbidden = FORBIDDEN[language.base]?.exec(piece);
  if (forbidden) return `\n${piece.slice(forbidden[0].length)}`;
  let pictured = '';
  let from = 0;
  for (const { start, end } of denials) {
    if (start < from) continue;
    pictured += `${piece.slice(from, start)}\n`;
    const next = WITHOUT.test(piece.slice(start, end)) ? clauseAfter(piece, end, language) : null;
    if (next === null) return pictured;
    from = next;
  }
  return pictured + piece.slice(from);
}

/** Where a clause begins after the next comma, by its first word: no list goes on there. */
function clauseAfter(piece: string, from: number, language: Language): number | null {
  const comma = piece.indexOf(',', from);
  const [word = ''] = comma === -1 ? [] : (/^\p{L}+/u.exec(piece.slice(comma + 1, comma + 20).trimStart()) ?? []);
  return word !== '' && isStopWord(word.toLowerCase(), language) ? comma : null;
}

function denialsIn(text: string, language: Language, segmenter: Intl.Segmenter): Qualifier[] {
  const possible = POSSIBLE[language.base];
  return qualifiersIn(text, language, segmenter).filter(({ start, end, denies }) => {
    const word = text.slice(start, end).toLowerCase().replaceAll('’', "'");
    return denies && !possible?.has(word) && !CHINESE_AMOUNT.test(text.slice(start, start + 3));
  });
}

/** The text up to each end, with it. */
function piecesOf(text: string, ends: RegExp | undefined): string[] {
  if (ends === undefined) return [text];
  const pieces: string[] = [];
  let from = 0;
  for (const { 0: end, index } of text.matchAll(ends)) {
    pieces.push(text.slice(from, index + end.length));
    from = index + end.length;
  }
  return [...pieces, text.slice(from)];
}

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/u));
}
