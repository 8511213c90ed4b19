import { withHosts } from '../../../../language/headlines/addresses.ts';
import { withoutEnd } from '../../../../language/headlines/shorten.ts';
import { dialogueIn } from '../../../../language/sentences/dialogue.ts';
import { sentencesOf } from '../../../../language/sentences/sentences.ts';
import type { WordsOverlay, WordsPlace } from '../../../../overlays/overlay.ts';
import type { SpokenNarration } from '../../../ports.ts';
import type { Beat } from '../beats.ts';
import { LONGEST_STILL } from '../clauses.ts';
import type { Beginning, Span } from '../spans.ts';
import type { CardRoom, ContentContext } from './content-context.ts';
import { placeBelowMark } from './places.ts';
import { type LongQuotation, longQuotationIn, quotationIn } from './quotation.ts';
import { secondsOfOffset } from './seconds-of-offset.ts';

/** Seconds. */
const LONGEST_DIVISION = 5.7;
/** A part of a quotation that takes less is shown with its neighbour. */
const SHORTEST_PART = 2.4;
/** A part appears a little before it is heard. */
const AHEAD = 0.1;

/** Quotation marks of a language; “ and ” in others. */
const MARKS: Readonly<Record<string, readonly [opening: string, closing: string]>> = {
  de: ['„', '“'],
  fr: ['«\u00a0', '\u00a0»'],
  es: ['«', '»'],
  it: ['«', '»'],
};

interface TimedPart {
  readonly text: string;
  /** UTF-16 units of the beat's text. */
  readonly start: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** A quotation with its speaker, below a large mark; null for other words. */
export function markedWords(words: WordsOverlay, beat: Beat, context: ContentContext): WordsOverlay[] | null {
  if (beat.isJoined || beat.continues || beat.isContinued) return null;
  const isLong = beat.endSeconds - beat.startSeconds > LONGEST_STILL;
  const place = placeBelowMark(words.place, context.frame, isLong);
  if (place === null) return isLong ? quotationParts(words, null, beat, context) : lineOfDialogue(words, beat, context);
  return isLong ? quotationParts(words, place, beat, context) : wholeQuotation(words, place, beat, context);
}

function wholeQuotation(
  words: WordsOverlay,
  place: WordsPlace,
  beat: Beat,
  { language, fonts }: ContentContext,
): WordsOverlay[] | null {
  const quotation = quotationIn(beat.text, language);
  const said = quotation === null ? undefined : withHosts(quotation.words)?.text;
  if (quotation === null || said === undefined || !fonts.covers(said + quotation.speaker)) return null;
  const shown = { ...words.words, headline: said, secondary: signature(quotation.speaker) };
  return [{ ...words, place, words: shown, clauses: [], mark: 'quotation' }];
}

/** A line of a dialogue between quotation marks, where there is no place below a large one; null for other words. */
function lineOfDialogue(words: WordsOverlay, beat: Beat, context: ContentContext): WordsOverlay[] | null {
  if (dialogueIn(beat.text) === null) return null;
  const [opening, closing] = MARKS[context.language.base] ?? ['“', '”'];
  const said = wholeQuotation(words, words.place, beat, context)?.at(0);
  if (said === undefined) return null;
  const { mark: _, ...plain } = said;
  return [{ ...plain, words: { ...plain.words, headline: `${opening}${plain.words.headline}${closing}` } }];
}

/** The quotation of several sentences that a text is, if the fonts have all of it. */
export function longQuotation(text: string, { language, fonts }: CardRoom): LongQuotation | null {
  const quotation = longQuotationIn(text, language);
  if (quotation === null) return null;
  const written = quotation.parts.flatMap((part) => withHosts(part.text)?.text ?? []);
  const isWritten = written.length === quotation.parts.length && fonts.covers(written.join('') + quotation.speaker);
  return isWritten ? quotation : null;
}

/**
 * A long quotation, one sentence after the other; null if one of them would stay too long. Each is between quotation marks where
 * there is no `place` for words below a large one.
 */
function quotationParts(
  words: WordsOverlay,
  place: WordsPlace | null,
  beat: Beat,
  context: ContentContext,
): WordsOverlay[] | null {
  const quotation = longQuotation(beat.text, context);
  if (quotation === null) return null;
  const { marks } = quotation;
  const shown = timedParts(quotation, words, beat, context).map((part): WordsOverlay => {
    const overlay = partOverlay(part, quotation, words, clausesOf(part, beat, context));
    return place === null ? betweenMarks(overlay, marks) : { ...overlay, place, mark: 'quotation' };
  });
  return shown.every(isSteady) ? shown : null;
}

/** Sentences with their times; short ones are joined. The first and the last have the words around the quotation as well. */
function timedParts(
  { parts }: LongQuotation,
  words: WordsOverlay,
  beat: Beat,
  { spoken }: ContentContext,
): TimedPart[] {
  const begins = parts.map(({ start }, index) =>
    index === 0
      ? words.startSeconds
      : Math.max(words.startSeconds, secondsOfOffset(beat.start + start, spoken) - AHEAD),
  );
  const joined: TimedPart[] = [];
  for (const [index, { text, start }] of parts.entries()) {
    const [startSeconds = 0, endSeconds = words.endSeconds] = begins.slice(index);
    const last = joined.at(-1);
    const isShort =
      last !== undefined && Math.min(last.endSeconds - last.startSeconds, endSeconds - startSeconds) < SHORTEST_PART;
    if (isShort && endSeconds - last.startSeconds <= LONGEST_STILL)
      joined.splice(-1, 1, { ...last, text: beat.text.slice(last.start, start + text.length), endSeconds });
    else joined.push({ text, start, startSeconds, endSeconds });
  }
  return joined;
}

function partOverlay(
  part: TimedPart,
  { speaker }: LongQuotation,
  words: WordsOverlay,
  clauses: WordsOverlay['clauses'],
): WordsOverlay {
  const { text, startSeconds, endSeconds } = part;
  const short = withHosts(text);
  const headline = withoutEnd(short?.text ?? text);
  const secondary = speaker === '' ? '' : signature(speaker);
  const moved = clauses.map((clause) => ({ ...clause, start: short?.offsetOf(clause.start) ?? clause.start }));
  return {
    ...words,
    startSeconds,
    endSeconds,
    words: { ...words.words, headline, secondary },
    clauses: moved,
  };
}

function betweenMarks(overlay: WordsOverlay, [opening, closing]: LongQuotation['marks']): WordsOverlay {
  const headline = `${opening}${overlay.words.headline}${closing}`;
  const moved = overlay.clauses.map((clause, index) => ({
    ...clause,
    start: index === 0 ? 0 : clause.start + opening.length,
  }));
  return { ...overlay, words: { ...overlay.words, headline }, clauses: moved };
}

/**
 * Divides the words of a part that takes too long: between its sentences, and a long sentence where words begin, into about
 * equal times.
 */
function clausesOf(part: TimedPart, beat: Beat, { language, spoken }: ContentContext): WordsOverlay['clauses'] {
  const { text, start, startSeconds, endSeconds } = part;
  if (endSeconds - startSeconds <= LONGEST_STILL) return [];
  const from = beat.start + start;
  const starts = sentencesOf(text, language).map((sentence, index) => (index === 0 ? 0 : sentence.start));
  const times = starts.map((at) => (at === 0 ? startSeconds : secondsOfOffset(from + at, spoken)));
  const clauses = starts.flatMap((at, index) => {
    const ends = { start: starts[index + 1] ?? text.length, seconds: times[index + 1] ?? endSeconds };
    const sentence = {
      start: from + at,
      end: from + ends.start,
      startSeconds: times[index] ?? 0,
      endSeconds: ends.seconds,
    };
    return dividedAtWords(sentence, spoken).map((one) => ({ ...one, start: one.start - from, appears: false }));
  });
  return clauses.length > 1 ? clauses : [];
}

/** The beginning of a sentence, and of its divisions where it takes too long. */
function dividedAtWords({ start, end, startSeconds, endSeconds }: Span, { timings }: SpokenNarration): Beginning[] {
  const count = Math.ceil((endSeconds - startSeconds) / LONGEST_STILL);
  const inside = timings.filter(({ textStart, textEnd }) => textEnd > start && textStart < end);
  const heard = Math.min(endSeconds, inside.at(-1)?.endSeconds ?? endSeconds) - startSeconds;
  const later = Array.from({ length: count - 1 }, (_, index) =>
    // What is said after the words belongs to the last division.
    Math.max(startSeconds + ((index + 1) * heard) / count, endSeconds - (count - index - 1) * LONGEST_DIVISION),
  );
  const begins = later.flatMap((seconds) => inside.slice(1).find((one) => one.startSeconds >= seconds) ?? []);
  return [{ start, startSeconds }, ...begins.map((one) => ({ start: one.textStart, startSeconds: one.startSeconds }))];
}

/** True if something changes often enough. */
function isSteady({ startSeconds, endSeconds, clauses }: WordsOverlay): boolean {
  const changes = [startSeconds, ...clauses.map((clause) => clause.startSeconds), endSeconds];
  return changes.every((seconds, index) => seconds - (changes[index - 1] ?? seconds) <= LONGEST_STILL);
}

function signature(speaker: string): string {
  return `– ${speaker}`;
}
