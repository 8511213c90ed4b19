import { contrast } from '../../../drawing/colour.ts';
import { emojiIn } from '../../../drawing/emoji.ts';
import type { FontBook } from '../../../drawing/font-book.ts';
import { withHosts } from '../../../language/headlines/addresses.ts';
import { withoutLoosePunctuation } from '../../../language/headlines/cut.ts';
import { withoutEnd } from '../../../language/headlines/shorten.ts';
import { widthOf } from '../../../language/headlines/width.ts';
import { languageOf } from '../../../language/language.ts';
import type { ColourScheme, LaterGround } from '../../../overlays/ground.ts';
import type { CodeOverlay, Overlay, Words, WordsInks, WordsOverlay } from '../../../overlays/overlay.ts';
import type { ImageRequest, SceneDesign, SpokenNarration } from '../../ports.ts';
import { type Beat, beatsOf } from './beats.ts';
import { type CardDesign, designCard, groundOf } from './card-design.ts';
import { wholePlace, wordsComposition } from './composition.ts';
import { codePlace, codeSeconds, panelInks } from './content/code-card.ts';
import type { ContentContext } from './content/content-context.ts';
import { contentOverlays, isShownWhole } from './content/content-overlays.ts';
import { listWithHosts } from './content/list-content.ts';
import { canShowRows } from './content/places.ts';
import { mapOverlays } from './map-overlays.ts';
import { discOverlays, motifOverlays, withoutTimesOf } from './motif-overlays.ts';
import { type SceneShot, shotsOf } from './scene-shots.ts';
import { itemNameOf, withItemName } from './wording/list-titles.ts';
import { plainHeading, wordingOf } from './wording/scene-wording.ts';

/** Seconds for which a title or an author's heading is shown, at least and at most, while the first beat is spoken. */
const SHORTEST_HEADING = 2;
const LONGEST_HEADING = 4.5;
/** Of a heading before a short statement, and of the statement after it. */
const SHORTEST_BEFORE = 1;
const SHORTEST_STATEMENT = 1.2;
/** Of a part of a statement after a heading: "The county said…" is none of its own. */
const SHORTEST_PART = 1.5;
/** As `widthOf` measures it. */
const LONGEST_WHOLE_LINE = 130;
/** Of a poem. */
const MOST_LINES = 4;

/** What a scene shows while it is spoken: the grounds after its picture, and what lies over both. */
export function sceneDesign(request: ImageRequest, spoken: SpokenNarration, fonts: FontBook): SceneDesign {
  const language = languageOf(request.language);
  const design = designCard(request);
  const place = wordsComposition(request, design.composition);
  const listTitle = plainHeading(listTitleOf(request), fonts);
  const beats = beatsOf(spoken, language, {
    heading: ownHeadingOf(request, design),
    // With the sound off, the rows of "5 errors" would read as advice.
    ...(itemNameOf(listTitle, language) === null ? {} : { listTitle }),
    canShow: (found) => {
      const list = listWithHosts(found);
      return list !== null && canShowRows(list, place, { language, frame: request, fonts });
    },
    staysWhole: (text) => isShownWhole(text, place, { language, frame: request, fonts }),
    codeStarts: (request.code ?? []).map(({ start }) => start),
  });
  const [first = wholeScene(spoken), ...later] = beats;
  const shots = shotsOf(request, design, [first, ...later]);
  const words = wordsOverlays(request, shots, { language, spoken, frame: request, fonts });
  const covering = words.filter((one): one is CodeOverlay => one.kind === 'code' && isOver(one, shots, request));
  const maps = mapOverlays(request, shots, { language, spoken }).filter(
    (map) => !covering.some((code) => code.startSeconds < map.endSeconds && code.endSeconds > map.startSeconds),
  );
  // All have their place in the picture's centre.
  const central = [...maps, ...covering].toSorted((a, b) => a.startSeconds - b.startSeconds);
  const motifs = withoutTimesOf(central, motifOverlays(request, shots, { language, spoken }));
  const discs = shots.flatMap((shot) =>
    discOverlays(
      request,
      shot.design,
      motifs.filter(({ startSeconds }) => startSeconds >= shot.startSeconds && startSeconds < shot.endSeconds),
    ),
  );
  const grounds = shots.slice(1).map(
    ({ startSeconds, design: one }): LaterGround => ({
      startSeconds,
      ground: groundOf(one, request),
      ...(one.style === null ? {} : { transitions: one.style.transitions }),
    }),
  );
  return { overlays: [...discs, ...motifs, ...maps, ...words], grounds };
}

/** True for code that covers the centre of the picture. */
function isOver(
  { place: { box }, startSeconds }: CodeOverlay,
  shots: readonly SceneShot[],
  { width, height }: ImageRequest,
): boolean {
  const shot = shots.findLast((one) => one.startSeconds <= startSeconds) ?? shots[0];
  if (shot === undefined) return false;
  const { focus } = shot.design.composition;
  const [x, y] = [focus.x / width, focus.y / height];
  return x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
}

/** The heading above a scene; empty where it is the title, which the scene shows by itself. */
function ownHeadingOf({ heading = '', title }: ImageRequest, { kind }: CardDesign): string {
  return kind === 'title' && withoutEnd(heading) === withoutEnd(title) ? '' : heading.trim();
}

/** What the items of a list in the scene are items of. */
function listTitleOf({ heading, section, title }: ImageRequest): string {
  return heading ?? section ?? title;
}

/** A narration without statements, e.g. only emoji. */
function wholeScene({ narration, durationSeconds }: SpokenNarration): Beat {
  const whole = { isJoined: false, continues: false, isContinued: false, clauses: [] };
  return { text: narration, start: 0, startSeconds: 0, endSeconds: durationSeconds, ...whole };
}

function wordsOverlays(request: ImageRequest, shots: readonly SceneShot[], context: ContentContext): Overlay[] {
  const { fonts } = context;
  const { kind = 'middle', style = null } = shots[0]?.design ?? {};
  const itemName = itemNameOf(listTitleOf(request), context.language);
  let hadFigure = false;
  // Numbers and years are not shown large in two consecutive beats.
  const withContent = (words: WordsOverlay, beat: Beat): readonly Overlay[] => {
    const content = contentOverlays(words, beat, context);
    const isFigure = content?.kind === 'figure';
    const shown = content === null || (isFigure && hadFigure) ? [words] : content.overlays;
    hadFigure = isFigure && !hadFigure;
    return shown;
  };
  const beats = shots.flatMap(({ beats: some, design: { composition, scheme } }) => {
    const look = { place: wordsComposition(request, composition), inks: inksOf(scheme), scheme };
    return some.map((beat) => ({ beat, look }));
  });
  const overlays = beats.flatMap(({ beat, look }, index): readonly Overlay[] => {
    const { place, inks, scheme } = look;
    const ownHeading = kind === 'title' ? request.title : (request.heading ?? '');
    const lead = index === 0 ? plainHeading(ownHeading, fonts) : '';
    const code = codeOf(request, beat, { lead, isTitle: kind === 'title', scheme, place, inks }, context);
    if (code !== null && code.startSeconds <= beat.startSeconds) return [code];
    const written = writtenBeat(beat);
    const statement = statementWords(request, written, fonts);
    const plainWords: WordsOverlay = {
      kind: 'words',
      startSeconds: beat.startSeconds,
      endSeconds: code?.startSeconds ?? beat.endSeconds,
      words: statement,
      place,
      inks,
      clauses: clausesIn(statement.headline, written),
    };
    const spokenWords = withItemName(plainWords, itemName, context.language);
    const shownWith = (words: WordsOverlay): readonly Overlay[] =>
      code === null ? withContent(words, beat) : [words, code];
    const isBelowHeading = kind !== 'title' && beat.list !== undefined && beat.list.lead === request.heading?.trim();
    if (index > 0 || isBelowHeading) return shownWith(spokenWords);
    const heading = wordingOf({ ...request, narration: belowHeading(beat, written) }, kind, fonts);
    const isOwn = ownHeading.trim() !== '';
    if (!isOwn || heading.headline === statement.headline) return shownWith(spokenWords);
    const until = headingEnd({ ...beat, endSeconds: spokenWords.endSeconds });
    const headingWords = { ...spokenWords, words: heading, endSeconds: until, clauses: [] };
    const afterHeading = withoutFirstLine({ ...spokenWords, startSeconds: until }, heading.headline);
    if (until < spokenWords.endSeconds) return [headingWords, ...shownWith(withoutPast(afterHeading))];
    return code === null ? [headingWords] : [headingWords, code];
  });
  const shown = overlays.filter((one) => one.kind !== 'words' || hasWords(one));
  if (style === null) return shown;
  const { lettering, transitions } = style;
  return shown.map((one) => (one.kind === 'words' ? { ...one, words: { ...one.words, lettering }, transitions } : one));
}

/** The code that is shown with a sentence of a beat; null if there is none, or no room for it. */
function codeOf(
  request: ImageRequest,
  beat: Beat,
  {
    lead,
    isTitle,
    scheme,
    place,
    inks,
  }: Pick<CodeOverlay, 'lead' | 'place' | 'inks'> & Pick<CardDesign, 'scheme'> & { readonly isTitle: boolean },
  { spoken, fonts }: ContentContext,
): CodeOverlay | null {
  const end = beat.start + beat.text.length;
  const code = request.code?.find(({ start }) => start >= beat.start && start < end);
  if (code === undefined) return null;
  const startSeconds = codeSeconds(beat, { start: code.start, hasTitle: isTitle && lead !== '' }, spoken);
  const content = { code: code.text, lead: startSeconds <= beat.startSeconds ? lead : '' };
  const found = codePlace(content, { beside: place, over: wholePlace(request) }, { frame: request, fonts });
  if (found === null) return null;
  const { endSeconds } = beat;
  const { language } = request;
  return { kind: 'code', startSeconds, endSeconds, language, place: found, inks, panel: panelInks(scheme), ...content };
}

function hasWords({ words: { headline, secondary } }: WordsOverlay): boolean {
  return headline + secondary !== '';
}

/** A beat with the hosts of its addresses; without words if two of them would look the same. */
function writtenBeat(beat: Beat): Beat {
  const short = withHosts(beat.text);
  if (short === null) return { ...beat, text: '', clauses: [] };
  const clauses = beat.clauses.map((clause) => ({ ...clause, start: short.offsetOf(clause.start) }));
  return { ...beat, text: short.text, clauses };
}

/** The words of one beat. */
function statementWords(request: ImageRequest, beat: Beat, fonts: FontBook): Words {
  const { heading: _, ...plain } = request;
  const { language } = request;
  if (beat.text === '' && request.narration.trim() !== '') return { language, headline: '', secondary: '' };
  const text = beat.isContinued ? withoutLoosePunctuation(beat.text) : beat.text;
  const wording = wordingOf({ ...plain, narration: text }, 'middle', fonts);
  const [before, after] = [beat.continues ? '…' : '', beat.isContinued ? '…' : ''];
  const headline = wording.headline === '' ? '' : `${before}${wording.headline}${after}`;
  return { ...wording, headline: (beat.isJoined ? joinedLine(beat.text, fonts) : '') || headline };
}

/** Short statements together, the lines of a poem as lines; empty if they do not fit. */
function joinedLine(text: string, fonts: FontBook): string {
  const line = withoutEnd(text.trim());
  const fits = line.split('\n').length <= MOST_LINES && widthOf(line) <= LONGEST_WHOLE_LINE;
  return fits && fonts.covers(line.replaceAll('\n', ' ')) && emojiIn(line).length === 0 ? line : '';
}

/** What a title has below it: the first sentence; not a part of one, or what leads to a list. */
function belowHeading({ list, isContinued }: Beat, { text }: Beat): string {
  return isContinued || list !== undefined ? '' : text;
}

/**
 * The end of a title or heading: the first clause or row that leaves time for both, else the middle; the beat's end only where its
 * statement is too short to be shown after it, or is no whole statement.
 */
function headingEnd({ startSeconds, endSeconds, clauses, list, isContinued }: Beat): number {
  const seconds = endSeconds - startSeconds;
  if (seconds < SHORTEST_BEFORE + SHORTEST_STATEMENT) return endSeconds;
  if (isContinued && seconds < SHORTEST_HEADING + SHORTEST_PART) return endSeconds;
  if (seconds <= LONGEST_HEADING) return Math.min(startSeconds + SHORTEST_HEADING, endSeconds - SHORTEST_STATEMENT);
  // The first row may be heard while the title is there.
  if (list !== undefined) return startSeconds + SHORTEST_HEADING;
  const clause = clauses.find(
    (one) => one.startSeconds >= startSeconds + SHORTEST_HEADING && one.startSeconds <= startSeconds + LONGEST_HEADING,
  );
  return clause?.startSeconds ?? startSeconds + Math.min(LONGEST_HEADING, (endSeconds - startSeconds) / 2);
}

/** A title that is spoken, and that the card before has shown, is not shown again above what follows it. */
function withoutFirstLine(overlay: WordsOverlay, shown: string): WordsOverlay {
  const { words, clauses } = overlay;
  const end = words.headline.indexOf('\n') + 1;
  if (end === 0 || withoutEnd(words.headline.slice(0, end).trim()) !== withoutEnd(shown)) return overlay;
  const later = clauses.map((clause) => ({ ...clause, start: clause.start - end })).filter(({ start }) => start >= 0);
  return { ...overlay, words: { ...words, headline: words.headline.slice(end) }, clauses: later };
}

/** Clauses that were spoken before the words appear are bright from the beginning. */
function withoutPast(overlay: WordsOverlay): WordsOverlay {
  const { startSeconds, clauses } = overlay;
  const current = clauses.findLastIndex((clause) => clause.startSeconds <= startSeconds);
  const rest = clauses.slice(current + 1);
  return { ...overlay, clauses: rest.length === 0 ? [] : [{ start: 0, startSeconds: 0, appears: false }, ...rest] };
}

/** The clauses of a beat whose text the headline begins with. */
function clausesIn(headline: string, { text, clauses }: Beat): WordsOverlay['clauses'] {
  const lead = text.length - text.trimStart().length;
  const shown = headline.replaceAll('…', '');
  if (shown === '' || !text.startsWith(shown, lead)) return [];
  const moved = headline.startsWith('…') ? 1 : 0;
  const inside = clauses
    .map((clause) => ({ ...clause, start: Math.max(0, clause.start - lead + moved) }))
    .filter(({ start }, index) => index === 0 || start < headline.length);
  return inside.length > 1 ? inside : [];
}

/** The colours of words on a scheme's background. */
export function inksOf(scheme: ColourScheme): WordsInks {
  const isClear = (colour: string): boolean =>
    [scheme.background, scheme.backgroundEnd].every((background) => contrast(colour, background) >= 5.5);
  const [rule] = scheme.accents;
  const emphasis = scheme.accents.slice(0, 3).find(isClear) ?? null;
  return { headline: scheme.ink, emphasis, soft: scheme.soft, rule };
}
