import type { Language } from '../language.ts';
import { dependsOnPrevious } from '../sentences/references.ts';
import { sentencesOf } from '../sentences/sentences.ts';
import { qualifiersIn, wordSegmenter } from './qualifiers.ts';
import { widthOf } from './width.ts';

/** A sentence, with the next one if that takes it back: "They said it was safe. It was not." */
export interface Statement {
  readonly text: string;
  /** UTF-16 units of the text. */
  readonly start: number;
  readonly end: number;
  /** True if it ends with a sentence that takes back the ones before. */
  readonly takenBack: boolean;
  /** True if it is not understandable without the previous one. */
  readonly isDependent: boolean;
}

/** A denial that is not longer speaks of the sentence before it: "No.", "Das stimmt nicht." */
const SHORT_DENIAL = 30;
const CONTRAST =
  /^(?:but|yet|however|in fact|in reality|actually|aber|doch|jedoch|mais|pourtant|pero|sin embargo|mas|porém|no entanto|ma|però|tuttavia)(?!\p{L})|^(?:但|然而|可是|不過|不过|其實|其实|事實上|事实上)/iu;
/** A verdict on the sentence before it: "He was wrong." */
const VERDICT =
  /^(?:(?:he|she|it|they|we|i|that|this|both) (?:was|were|is|are|am) (?:wrong|mistaken|lying|a lie|a mistake|a hoax)|(?:he|she|they) lied|(?:er|sie|das) (?:irrten?|täuschten?|log|logen|war falsch|war gelogen|war ein irrtum)|(?:il|elle|ils|elles) (?:se trompai(?:en)?t|avai(?:en)?t tort|mentai(?:en)?t)|c['’](?:était|est) (?:faux|une erreur|un mensonge)|se (?:equivocaban?|equivocó|equivocaron)|estaban? equivocad[oa]s?|estavam? (?:enganad|errad)[oa]s?|enganou-se|enganaram-se|era (?:mentira|falso|una bugia)|si sbagliava(?:no)?|aveva(?:no)? torto)(?!\p{L})|^[他她它牠]?[們们]?[想弄搞看]?[錯错]了/iu;
/** Says that the sentence before it is only a claim: "That is what a rumour said on Monday.", "This was only a joke." */
const ONLY_CLAIMED =
  /^(?:(?:that|this) (?:is|was) (?:at least )?what [^.]{0,40}(?:said|says|claim(?:s|ed)?|promised|thought|believed|hoped|wrote)|(?:that|this|it) (?:is|was) (?:only|just|merely|nothing but) an? (?:rumou?r|claim|lie|myth|joke|guess|dream|legend|hoax)|(?:das|dies) (?:ist|war) (?:nur|bloß|lediglich) eine? (?:gerücht|behauptung|lüge|scherz|traum)|so (?:hieß es|(?:will|wollte) es (?:ein|das) gerücht)|das behaupte(?:n|te|ten|t)|c['’](?:est|était) (?:du moins )?ce que [^.]{0,40}(?:dit|disai(?:en)?t|prétend(?:ai(?:en)?t)?))(?!\p{L})|^[這这](?:[只不][過过]?是|是)[^。]{0,8}(?:傳言|传言|謠言|谣言|傳聞|传闻|玩笑)/iu;
/** An order gives advice on what the sentence before it says, and does not deny it. "Don't believe it" does. */
const ORDER =
  /^(?:please )?(?:do not|don['’]t|never) (?!(?:believe|trust|listen|fall)\b)|^[請请]?(?:不要|勿|[別别])(?!相?信|以[為为])/iu;
/** "2 EL Öl, kein Olivenöl": an item of a list, whose denial speaks of the item. */
const OWN_AMOUNT = /^[\p{Nd}½¼¾⅓⅔⅛][^,，]{0,40}[,，]/u;
/** "31 °C, without wind" is no denial of a whole sentence. */
const WITHOUT = /^(?:without|ohne|sans|sin|sem|senza)$/iu;

/** The statements of a paragraph in order. */
export function statementsOf(text: string, language: Language): Statement[] {
  const statements: Statement[] = [];
  const segmenter = wordSegmenter(language);
  for (const sentence of sentencesOf(text, language)) {
    const previous = statements.at(-1);
    const { start, end } = sentence;
    // A line of a poem or a list speaks for itself, and so does each speaker of a dialogue.
    const sameLine =
      previous !== undefined && !text.slice(previous.end, start).includes('\n') && !/^[–—―]/u.test(sentence.text);
    if (sameLine && takesBack(sentence.text, language, segmenter)) {
      const whole = text.slice(previous.start, end);
      statements.splice(-1, 1, { ...previous, text: whole, end, takenBack: true });
    } else {
      const isDependent = dependsOnPrevious(sentence.text, language);
      statements.push({ text: sentence.text, start, end, takenBack: false, isDependent });
    }
  }
  return statements;
}

/** True for a sentence that speaks of the one before it: "But …", "He was wrong.", "That was only a rumour." */
export function isVerdict(sentence: string): boolean {
  return CONTRAST.test(sentence) || VERDICT.test(sentence) || ONLY_CLAIMED.test(sentence);
}

/** True for a sentence that denies the one before it: "It was not.", "No.", "In fact it never rained.", "He was wrong." */
export function takesBack(sentence: string, language: Language, segmenter: Intl.Segmenter): boolean {
  if (callsWrong(sentence)) return true;
  if (!isShort(sentence) && !CONTRAST.test(sentence)) return false;
  if (ORDER.test(sentence) || OWN_AMOUNT.test(sentence)) return false;
  return qualifiersIn(sentence, language, segmenter).some(
    ({ start, end, denies }) => denies && !WITHOUT.test(sentence.slice(start, end)),
  );
}

/** True for a sentence that says that the one before it is wrong, or only a claim: "He was wrong." */
export function callsWrong(sentence: string): boolean {
  return ONLY_CLAIMED.test(sentence) || (isShort(sentence) && VERDICT.test(sentence));
}

function isShort(sentence: string): boolean {
  return sentence.length <= SHORT_DENIAL && widthOf(sentence) <= SHORT_DENIAL;
}
