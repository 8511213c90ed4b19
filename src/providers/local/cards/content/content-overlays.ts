import { withoutEnd } from '../../../../language/headlines/shorten.ts';
import { widthOf } from '../../../../language/headlines/width.ts';
import { dialogueIn } from '../../../../language/sentences/dialogue.ts';
import type { Overlay, WordsOverlay, WordsPlace } from '../../../../overlays/overlay.ts';
import type { Beat } from '../beats.ts';
import { type BarContent, barsIn } from './bars-card.ts';
import type { CardRoom, ContentContext } from './content-context.ts';
import { datedClausesIn } from './dated.ts';
import { type Definition, definitionIn } from './definition.ts';
import { enumerationIn } from './enumeration.ts';
import { figureIn } from './figure-card.ts';
import { type ListContent, listWithHosts } from './list-content.ts';
import { longQuotation, markedWords } from './marked-words.ts';
import { canShowColumns, canShowRows, dividedInOrder, dividedPlace, type Share } from './places.ts';
import { quotationIn } from './quotation.ts';
import { secondsOfOffset } from './seconds-of-offset.ts';
import { seriesIn } from './series.ts';

/** Seconds from the moment when a number or the first bar appears to the end of its beat, at least. */
const SHORTEST_FIGURE = 1.6;
/** A row appears a little before it is heard; a number is complete when it has been heard. */
const ROW_AHEAD = 0.1;
const NUMBER_AHEAD = 0.5;
/** Seconds; a number that was said longer ago is not shown large. */
const MOST_LATE = 1;
/** The first that leaves room for the sentence: a larger number where the sentence is short. */
const FIGURE_SHARES: readonly Share[] = [{ top: 0.62, size: 0.055 }, { top: 0.5 }];
const BARS_SHARES: readonly Share[] = [{ top: 0.64, size: 0.055 }, { top: 0.56 }];
/** The first that leaves room for the sentence. */
const COLUMNS_SHARES = [0.72, 0.6];
const TERM_SHARE = 0.4;

/** A beat in the form that suits what it says, e.g. as a list or with a large number; null for a headline. */
export function contentOverlays(
  words: WordsOverlay,
  beat: Beat,
  context: ContentContext,
): { readonly kind: 'definition' | 'figure' | 'bars' | 'rows' | 'mark'; readonly overlays: readonly Overlay[] } | null {
  const series = seriesOf(words, beat, context);
  if (series !== null) return { kind: 'bars', overlays: series };
  const rows = rowsOf(words, beat, context);
  if (rows !== null) return { kind: 'rows', overlays: rows };
  if (words.words.headline === '') return null;
  const definition = definitionOf(words, beat, context);
  if (definition !== null) return { kind: 'definition', overlays: definition };
  const bars = barsOf(words, beat, context);
  if (bars !== null) return { kind: 'bars', overlays: bars };
  const timeline = timelineOf(words, beat, context);
  if (timeline !== null) return { kind: 'rows', overlays: timeline };
  const figure = figureOf(words, beat, context);
  if (figure !== null) return { kind: 'figure', overlays: figure };
  const marked = markedWords(words, beat, context);
  return marked === null ? null : { kind: 'mark', overlays: marked };
}

/** The seconds at which places of the beat's text are spoken, less `ahead`, within the time of the words. */
function spokenAt(
  places: readonly { readonly start: number }[],
  { beat, words, ahead }: { readonly beat: Beat; readonly words: WordsOverlay; readonly ahead: number },
  { spoken }: ContentContext,
): number[] {
  return places.map(({ start }) => {
    const seconds = secondsOfOffset(beat.start + start, spoken) - ahead;
    return Math.min(words.endSeconds, Math.max(words.startSeconds, seconds));
  });
}

function rowsOf(words: WordsOverlay, beat: Beat, context: ContentContext): Overlay[] | null {
  const isWhole = !beat.isJoined && !beat.continues && !beat.isContinued;
  const list = beat.list ?? (isWhole ? enumerationIn(beat.text, context.language) : null);
  return list === null ? null : rowsOverlay(list, words, beat, context);
}

/** Null if the rows do not fit. */
function rowsOverlay(found: ListContent, words: WordsOverlay, beat: Beat, context: ContentContext): Overlay[] | null {
  const list = listWithHosts(found);
  if (list === null || !canShowRows(list, words.place, context)) return null;
  const starts = spokenAt(list.rows, { beat, words, ahead: ROW_AHEAD }, context);
  const { startSeconds, endSeconds, place, inks } = words;
  const rows = list.rows.map(({ start: _, ...row }, index) => ({
    ...row,
    startSeconds: starts[index] ?? startSeconds,
  }));
  const { language } = words.words;
  const { lead, isNumbered, firstNumber = 1 } = list;
  return [{ kind: 'rows', startSeconds, endSeconds, language, place, inks, lead, rows, isNumbered, firstNumber }];
}

/** Clauses of a statement with their years. */
function timelineOf(words: WordsOverlay, beat: Beat, context: ContentContext): Overlay[] | null {
  if (beat.isJoined || beat.continues || beat.isContinued) return null;
  const dated = datedClausesIn(beat.text, context.language);
  return dated === null ? null : rowsOverlay(dated, words, beat, context);
}

/** True for a statement that is shown as a whole, with parts that appear one after the other. */
export function isShownWhole(text: string, place: WordsPlace, context: CardRoom): boolean {
  if (shownDefinition(text, place, context) !== null || longQuotation(text, context) !== null) return true;
  if (dialogueIn(text) !== null && quotationIn(text, context.language) !== null) return true;
  const dated = datedClausesIn(text, context.language);
  return dated !== null && canShowRows(dated, place, context);
}

/** The definition that a statement is, if a card has the room for all of it. */
function shownDefinition(
  text: string,
  place: WordsPlace,
  { language, frame, fonts }: CardRoom,
): { readonly definition: Definition; readonly top: WordsPlace; readonly below: WordsPlace } | null {
  const definition = definitionIn(text, language);
  if (definition === null || !fonts.covers(definition.term + definition.meaning)) return null;
  const divided = dividedPlace(place, TERM_SHARE, definition.meaning, frame);
  return divided === null ? null : { definition, ...divided };
}

/** A term, and below it what it is, which appears when it is spoken. */
function definitionOf(words: WordsOverlay, beat: Beat, context: ContentContext): Overlay[] | null {
  if (beat.isJoined || beat.continues || beat.isContinued) return null;
  const shown = shownDefinition(beat.text, words.place, context);
  const at = words.words.headline.indexOf(shown?.definition.meaning ?? '');
  if (shown === null || at < 0) return null;
  const { definition, top, below } = shown;
  const [startSeconds = 0] = spokenAt([definition], { beat, words, ahead: ROW_AHEAD }, context);
  if (words.endSeconds - startSeconds < SHORTEST_FIGURE) return null;
  const { inks } = words;
  const plain = words.words;
  const later = words.clauses.filter((clause) => clause.start > at && clause.start < at + definition.meaning.length);
  const clauses = later.map((clause) => ({ ...clause, start: clause.start - at }));
  return [
    {
      ...words,
      words: { ...plain, headline: definition.term },
      place: top,
      inks: { ...inks, headline: inks.emphasis ?? inks.headline },
      clauses: [],
    },
    {
      ...explaining(words, below),
      words: { ...plain, headline: definition.meaning },
      startSeconds,
      clauses: clauses.length === 0 ? [] : [{ start: 0, startSeconds, appears: false }, ...clauses],
    },
  ];
}

/** A timeline of amounts as columns, above the statement that is spoken. */
function seriesOf(words: WordsOverlay, beat: Beat, context: ContentContext): Overlay[] | null {
  const { lead = '', rows = [] } = beat.list ?? {};
  const series = lead === '' ? seriesIn(rows, context.language) : null;
  if (series === null) return null;
  const sentences = rows.map(({ start }, index) => withoutEnd(beat.text.slice(start, rows[index + 1]?.start)));
  const longest = sentences.reduce((most, one) => (widthOf(one) > widthOf(most) ? one : most), '');
  const chart = chartPlace(series, longest, words.place, context);
  if (chart?.form !== 'columns' || !sentences.every((one) => context.fonts.covers(one))) return null;
  const starts = spokenAt(series, { beat, words, ahead: ROW_AHEAD }, context);
  const { inks, endSeconds, startSeconds } = words;
  const { language } = words.words;
  const bars = series.map(({ start: _, ...bar }, index) => ({ ...bar, startSeconds: starts[index] ?? startSeconds }));
  const place = chart.top;
  return [
    { kind: 'bars', form: 'columns', startSeconds, endSeconds, language, place, inks, bars },
    ...sentences.map((headline, index) => ({
      ...explaining(words, chart.below),
      words: { ...words.words, headline, secondary: '' },
      startSeconds: index === 0 ? startSeconds : (starts[index] ?? startSeconds),
      endSeconds: starts[index + 1] ?? endSeconds,
      clauses: [],
    })),
  ];
}

function barsOf(words: WordsOverlay, beat: Beat, context: ContentContext): Overlay[] | null {
  const bars = barsIn(beat.text, context.language);
  const chart = bars === null ? null : chartPlace(bars, words.words.headline, words.place, context);
  if (bars === null || chart === null || !isShown(bars, words)) return null;
  const { form, top, below } = chart;
  const starts = spokenAt(bars, { beat, words, ahead: NUMBER_AHEAD }, context);
  const [first = 0] = starts;
  const latest = words.endSeconds - SHORTEST_FIGURE;
  if (latest < words.startSeconds) return null;
  const startSeconds = Math.min(first, latest);
  const timed = bars.map(({ label, amount, share }, index) => {
    const own = Math.max(startSeconds, Math.min(starts[index] ?? 0, words.endSeconds - SHORTEST_FIGURE / 2));
    return { label, amount, share, startSeconds: own };
  });
  const {
    endSeconds,
    inks,
    words: { language },
  } = words;
  return [
    { kind: 'bars', form, startSeconds, endSeconds, language, place: top, inks, bars: timed },
    explaining(words, below),
  ];
}

/** The form of bars, their place and that of the sentence below them; null if they do not fit. */
function chartPlace(
  bars: readonly BarContent[],
  sentence: string,
  place: WordsPlace,
  { frame }: ContentContext,
): { readonly form: 'rows' | 'columns'; readonly top: WordsPlace; readonly below: WordsPlace } | null {
  const columns = COLUMNS_SHARES.flatMap((share) => dividedPlace(place, share, sentence, frame) ?? []).at(0);
  if (columns !== undefined && canShowColumns(bars, columns.top, frame)) return { form: 'columns', ...columns };
  const rows = dividedInOrder(place, BARS_SHARES, sentence, frame);
  return rows === null ? null : { form: 'rows', ...rows };
}

/** False if a part of the text with an amount is not in the headline. */
function isShown(bars: readonly BarContent[], { words }: WordsOverlay): boolean {
  return bars.every(({ label }) => words.headline.includes(label)) && !words.headline.slice(1, -1).includes('…');
}

function figureOf(words: WordsOverlay, beat: Beat, context: ContentContext): Overlay[] | null {
  const content = figureIn(beat.text, context.language);
  if (content === null || !words.words.headline.includes(content.figure.before + content.figure.digits)) return null;
  const divided = dividedInOrder(words.place, FIGURE_SHARES, words.words.headline, context.frame);
  const latest = words.endSeconds - SHORTEST_FIGURE;
  if (divided === null || latest < words.startSeconds) return null;
  const { figure, lead } = content;
  const { inks, endSeconds } = words;
  const { language } = words.words;
  // A heading may have covered the words until now.
  if (secondsOfOffset(beat.start + content.start, context.spoken) < words.startSeconds - MOST_LATE) return null;
  const [seconds = 0] = spokenAt([content], { beat, words, ahead: NUMBER_AHEAD }, context);
  const startSeconds = Math.min(seconds, latest);
  return [
    { kind: 'figure', startSeconds, endSeconds, language, place: divided.top, inks, lead, figure },
    explaining(words, divided.below),
  ];
}

/** The sentence below something large, in one colour. */
function explaining(words: WordsOverlay, place: WordsOverlay['place']): WordsOverlay {
  return { ...words, words: words.words, place, inks: { ...words.inks, emphasis: null } };
}
