import { hasQualifierWords } from '../../../../language/headlines/qualifier-words.ts';
import { qualifiersIn } from '../../../../language/headlines/qualifiers.ts';
import { withoutEnd } from '../../../../language/headlines/shorten.ts';
import { widthOf } from '../../../../language/headlines/width.ts';
import type { Language } from '../../../../language/language.ts';
import { dependsOnPrevious } from '../../../../language/sentences/references.ts';
import { isStopWord } from '../../../../language/words/stop-words.ts';
import { DEFINITION_WORDS, type DefinitionWords } from './definition-words.ts';

/** A term and what it is, in the author's words. */
export interface Definition {
  readonly term: string;
  readonly meaning: string;
  /** Where the meaning begins, in UTF-16 units of the text. */
  readonly start: number;
}

const MOST_TERM_WORDS = 4;
const FEWEST_WORDS = 4;
/** As `widthOf` measures it. */
const LONGEST_TERM = 42;
const SHORTEST_MEANING = 18;
const LONGEST_MEANING = 150;
const LONGEST_SENTENCE = 400;
/** Signs of speech, of a question and of a second sentence. */
const MARKS = /["“”„«»「」『』?？!！\n]|\.\s|。./u;
/** Limits that may be a part of a definition; any other compares, contrasts or says whose opinion it is. */
const PART_OF_MEANING = /^(?:when|until|quand|lorsque|cuando|quando|hasta|até|fino|bis|直到)$/iu;
const ATTRIBUTED =
  /, (?:[^,]{0,40} )?(?:says?|said|writes?|believes?|thinks?|argues?|explains?|sagt|sagen|meint|meinen|schreibt|glauben|dit|disent|écrit|dicen?|dijo|diz|dizem|dicono)(?!\p{L})|，[^，]{0,10}(?:[說说]|[認认][為为]|表示)$/u;
/** Predicates that come first: "Attached is a list of names." */
const ENGLISH_PREDICATE = /[^e]ed$/u;
const TERM_WORD = /^\p{L}[\p{L}\p{M}’'-]*$/u;
/** Inverted German: "Wichtig ist ein guter Schlaf", "Geplant ist eine Brücke". */
const GERMAN_PREDICATE = /(?:ig|lich|isch|bar|sam|haft|los)$|^(?:ge|be|ver|ent|er|zer)\p{Ll}+(?:t|en)$/iu;
const PREDICATES: Readonly<Record<string, RegExp>> = { en: ENGLISH_PREDICATE, de: GERMAN_PREDICATE };
const NEXT_PART = /[;:；：]| [–—] |——/u;
const CHINESE =
  /^([^是，。、；：！？\s\p{P}]{2,10})(?:是指|指的是|是(?=一[種种個个門门項项座隻只棵條条類类位顆颗套片間间場场]))(?=[^，。]{4})/u;
/** Words of subjects that are no terms: pronouns, verbs of saying, days, adverbs before the verb. */
const CHINESE_OTHERS =
  /^(?:[我你您他她它牠這这那某每各若如在對对從从當当為为把被用以有]|自己|大家)|[認认][為为]|[覺觉]得|相信|表示|知道|[發发]現|[說说]|今天|明天|昨天|今年|[問问][題题]|原因|[結结]果|答案|目[標标的]|重[點点]|[關关][鍵键]|的(?:事|人|話|话)$|[的得都就也還还而算曾仍正已更又卻却]$|什[麼么]|[誰谁]|哪|(?<![社議议大協协工教學学公])[會会]$/u;
const CHINESE_VAGUE = /^一[種种個个項项場场](?:很?好|[壞坏]|大[事戲戏]|[錯错]|[問问][題题]|[謎谜]|必[須须]|[挑機机])/u;
const CHINESE_NEXT = /[，；](?=[它他她牠這这並并而])/u;

/**
 * The definition that a sentence is, "A glacier is a mass of ice that moves"; null unless it surely is one. The meaning is
 * all that follows the verb, up to a clause that says something else.
 */
export function definitionIn(text: string, language: Language): Definition | null {
  const sentence = withoutEnd(text);
  if (text.length > LONGEST_SENTENCE || !hasQualifierWords(language.base)) return null;
  if (MARKS.test(text.trim()) || ATTRIBUTED.test(sentence) || dependsOnPrevious(sentence, language)) return null;
  const lead = text.indexOf(sentence);
  const parts = language.base === 'zh' ? chineseParts(sentence) : spacedParts(sentence, language);
  if (parts === null || widthOf(parts.term) > LONGEST_TERM) return null;
  const { term, verbEnd, meaningEnd } = parts;
  const meaning = sentence.slice(verbEnd, meaningEnd).trimEnd();
  const width = widthOf(meaning);
  if (width < SHORTEST_MEANING || width > LONGEST_MEANING) return null;
  // A denial in the meaning is shown with it; one before or after it would be lost.
  const isClaimed = qualifiersIn(sentence, language).every(
    ({ start, end, denies }) =>
      start >= verbEnd && end <= meaningEnd && (denies || PART_OF_MEANING.test(sentence.slice(start, end))),
  );
  return isClaimed ? { term, meaning, start: lead + verbEnd } : null;
}

interface Parts {
  readonly term: string;
  /** UTF-16 units of the sentence. */
  readonly verbEnd: number;
  readonly meaningEnd: number;
}

function spacedParts(sentence: string, language: Language): Parts | null {
  const rules = DEFINITION_WORDS[language.base];
  const verb = rules?.verb.exec(sentence);
  if (rules === undefined || verb === null || verb === undefined) return null;
  const term = sentence.slice(0, verb.index);
  const verbEnd = verb.index + verb[0].length;
  const rest = sentence.slice(verbEnd);
  const ends = [rest.search(NEXT_PART), rest.search(rules.nextClause)].filter((end) => end >= 0);
  const meaningEnd = verbEnd + Math.min(rest.length, ...ends);
  const meaning = sentence.slice(verbEnd, meaningEnd);
  const isLong = meaning.split(' ').length >= FEWEST_WORDS;
  const isSure = isTerm(term, rules, language) && !rules.vague.test(meaning) && isNoun(meaning, language);
  return isLong && isSure ? { term, verbEnd, meaningEnd } : null;
}

/** True for a few nouns, which may have an article and be joined: "the speed of light". */
function isTerm(term: string, { article, joints, others }: DefinitionWords, language: Language): boolean {
  const name = term.replace(article, '');
  const words = name.split(' ');
  if (words.length > MOST_TERM_WORDS) return false;
  const folded = words.map((word) => word.toLocaleLowerCase(language.tag));
  const areNouns = folded.every((word, index) => {
    const isInside = index > 0 && index < words.length - 1;
    if (isInside && joints.has(word)) return true;
    return TERM_WORD.test(words[index] ?? '') && !isStopWord(word, language) && !others.has(word);
  });
  if (!areNouns) return false;
  return name !== term || words.length > 1 || PREDICATES[language.base]?.test(name) !== true;
}

/** In German a verb at the end of the main clause would change it: "Ein Mann ist eine Woche gewandert." */
function isNoun(meaning: string, { base }: Language): boolean {
  if (base !== 'de') return true;
  const clause = meaning.split(',')[0] ?? '';
  return /^\P{Ll}/u.test(clause.split(' ').at(-1) ?? '');
}

function chineseParts(sentence: string): Parts | null {
  const found = CHINESE.exec(sentence);
  const term = found?.[1] ?? '';
  if (found === null || CHINESE_OTHERS.test(term)) return null;
  const verbEnd = found[0].length;
  const rest = sentence.slice(verbEnd);
  if (CHINESE_VAGUE.test(rest)) return null;
  const ends = [rest.search(NEXT_PART), rest.search(CHINESE_NEXT)].filter((end) => end >= 0);
  return { term, verbEnd, meaningEnd: verbEnd + Math.min(rest.length, ...ends) };
}
