import type { Language } from '../../../language/language.ts';
import { endsSentence } from '../../../language/sentences/join-sentences.ts';
import { dependsOnPrevious } from '../../../language/sentences/references.ts';
import { type Sentence, sentencesOf } from '../../../language/sentences/sentences.ts';
import type { SpokenNarration } from '../../ports.ts';
import type { Beat } from './beats.ts';
import { type Span, secondsOf, spansOf } from './spans.ts';
import { isQuestion } from './thing-to-see.ts';
import { isReferable, rankOf } from './wording/motif-signs.ts';
import { namedMotif } from './wording/scene-motif.ts';

/** Seconds. A sentence that is spoken faster has its motif with the next one of its beat; rows of a list change faster. */
const SHORTEST_PART = 1.4;
const SHORTEST_ROW = 0.8;
/** A shorter part without a motif does not end the one before: it would only flicker. */
const SHORTEST_GAP = 1;
/** The rank of subjects that are mentioned in passing. */
const WEAKEST = 1;
/** "Das ganze Dorf …" is no reference, unlike "Das ist …". */
const GERMAN_ARTICLE =
  /^das (?!(?:ist|war|sind|waren|hat|hatte|wird|wurde|kann|konnte|soll|muss|darf|heißt|macht|gilt|geht|bedeutet)(?!\p{L}))/iu;

/** Pronouns that mean a thing named before also where other words are before them: "Do not cook with it either." */
const POINTING: Readonly<Record<string, RegExp>> = {
  en: /^[^.!?,;]{0,50}(?<!\p{L})(?:it|them|(?:take|use|eat|drink|have|need) (?:any|one|none))(?=[ .!?,;])/iu,
  de: /^[^.!?,;]{0,50}(?<!\p{L})(?:ihn|ihm|davon|damit|daran|darin)(?=[ .!?,;])/iu,
  // Verbs whose subject is left out.
  es: /^(?:deben|tienen|viven?|pesan?|miden?|duran?) /iu,
  pt: /^(?:devem|têm|vivem?|pesam?|medem?|duram?) /iu,
  it: /^(?:devono|hanno|viv(?:e|ono)|pesa(?:no)?|misura(?:no)?|dura(?:no)?) /iu,
  zh: /^[^。！？，；]{0,12}[它牠]/u,
};

/** The beginning of a quotation, after a word for the speaker: "A: “Not here. We lost …”". */
const OPENING = /^[^“"«„「『]{0,40}[“"«„「『]\s?/u;

/** Begins a line of a chat. */
const SPEAKER = /^[^\s:：]{1,20}(?: [^\s:：]{1,20})?\s?[:：]/u;

/** A part of a scene that has one motif, or none: a beat, or the sentences of one. */
export interface MotifPart extends Span {
  readonly text: string;
  /** True if its beat, or its sentence, begins before it: what it shows or says is not new. A row of a list is new. */
  readonly continues: boolean;
  /** True if its sentence begins before it, also in the line before it of a poem. */
  readonly isClause: boolean;
  /** True after a question. */
  readonly answers: boolean;
}

/** Divides the beats where their sentences begin, also those of a quotation, in order. */
export function motifParts(beats: readonly Beat[], spoken: SpokenNarration, language: Language): MotifPart[] {
  const spans = spansOf(quotedSentences(spoken.narration, language), spoken);
  const divided = beats.flatMap((beat) => {
    const end = beat.start + beat.text.length;
    const later = spans.filter(({ start }) => start > beat.start && start < end);
    const begins = [beat, ...later].map(({ start, startSeconds }) => ({ start, startSeconds }));
    const parts = begins.map(
      (begin, index): Span => ({
        ...begin,
        end: begins[index + 1]?.start ?? end,
        endSeconds: begins[index + 1]?.startSeconds ?? beat.endSeconds,
      }),
    );
    const isList = beat.list !== undefined;
    return longEnough(parts, isList ? SHORTEST_ROW : SHORTEST_PART).map((part, index) => ({
      ...part,
      text: spoken.narration.slice(part.start, part.end),
      continues: (index > 0 && !isList) || beat.continues,
      isClause: index === 0 && beat.continues,
    }));
  });
  return divided.map((part, index) => {
    const before = divided[index - 1];
    const goesOn =
      before !== undefined && isLine(spoken.narration.slice(before.start, part.start)) && !SPEAKER.test(part.text);
    return { ...part, isClause: part.isClause || goesOn, answers: isQuestion(before?.text ?? '') };
  });
}

/** True for a line of a poem, whose sentence goes on in the next one. */
function isLine(text: string): boolean {
  const line = text.trimEnd();
  return text.slice(line.length).includes('\n') && !endsSentence(line);
}

/** The sentences in order; those of a quotation, which is one statement, on their own. */
function quotedSentences(narration: string, language: Language): Sentence[] {
  return sentencesOf(narration, language).flatMap((sentence): Sentence[] => {
    const opening = OPENING.exec(sentence.text)?.[0].length ?? 0;
    if (opening === 0) return [sentence];
    const from = sentence.start + opening;
    const [, ...later] = sentencesOf(narration.slice(from, sentence.end), language);
    const moved = later.map(({ text, start, end }) => ({ text, start: start + from, end: end + from }));
    return [{ ...sentence, end: moved[0]?.start ?? sentence.end }, ...moved];
  });
}

/** Joins what is too short with the next part, at the end with the one before. */
function longEnough(parts: readonly Span[], shortest: number): Span[] {
  const joined: Span[] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    const isLast = part === parts.at(-1);
    const isShort = before !== undefined && (secondsOf(before) < shortest || (isLast && secondsOf(part) < shortest));
    if (isShort) joined.splice(-1, 1, { ...before, end: part.end, endSeconds: part.endSeconds });
    else joined.push(part);
  }
  return joined;
}

/**
 * True if a motif may stay over a following part of which it is not the motif. Where that has none, it belongs to the same
 * beat or sentence (a time only to the same sentence), refers to a thing that was named before ("It …", "Sie war …", "它…"), answers a question about it, or is
 * too short to be without one. Where that has its own, it is a subject that the same sentence mentions in passing, or one that
 * refers back, such as a time, or an amount in an answer ("Are bees dying out?", "We lost 8 %").
 */
export function mayStay(motif: string, part: MotifPart, own: string | null, language: Language): boolean {
  const refers = refersBack(part.text.trim(), language);
  if (own !== null && rankOf(own) === WEAKEST)
    return (part.isClause || (part.continues && refers)) && rankOf(motif) > WEAKEST;
  const isAnswer = part.answers && isReferable(motif);
  if (own !== null) return isAnswer && namedMotif(part.text, language) === null;
  if (isAnswer || secondsOf(part) < SHORTEST_GAP) return true;
  if (part.isClause) return true;
  if (part.continues) return rankOf(motif) > WEAKEST;
  return isReferable(motif) && refers;
}

function refersBack(text: string, language: Language): boolean {
  if (POINTING[language.base]?.test(text)) return true;
  return dependsOnPrevious(text, language) && !(language.base === 'de' && GERMAN_ARTICLE.test(text));
}
