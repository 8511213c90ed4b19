import { FontBook } from '../../../src/drawing/font-book.ts';
import { LocalAnalysisProvider } from '../../../src/providers/local/analysis/local-analysis-provider.ts';
import { constantVoice } from '../../helpers/media/constant-voice.ts';
import { sceneOverlays } from '../../helpers/media/scene-overlays.ts';
import { shownLines } from '../../helpers/media/shown-lines.ts';
import type { MeaningCase } from './meaning-case.ts';

const fonts = new FontBook();
const analysis = new LocalAnalysisProvider();

/** What of one text is shown in a way that its author would call wrong: one line each, none if all is well. */
export async function lossesOf(asked: MeaningCase, language: string): Promise<string[]> {
  const { headlines, tags } = await shownOf(asked.text, language);
  return [
    ...headlines.filter(([, piece]) => !isAcceptable(piece, asked)).map(([place, piece]) => `${place}: "${piece}"`),
    ...tags.filter((tag) => asked.never.includes(tag)).map((tag) => `tag: "${tag}"`),
    ...(asked.tags ?? []).filter((tag) => !tags.includes(tag)).map((tag) => `no tag "${tag}" in: ${tags.join(', ')}`),
  ];
}

type Shown = readonly [place: string, text: string];

/** Everything that the built-in providers show of a film of this text. */
async function shownOf(text: string, language: string): Promise<{ headlines: Shown[]; tags: readonly string[] }> {
  const scenes = [{ narration: text, startSeconds: 0, durationSeconds: 12 }];
  const found = await analysis.analyse({ title: '', language, scenes }, new AbortController().signal);
  return {
    headlines: [
      ...[0, 1, 2].flatMap((index) => cardOf(text, language, index)),
      ...found.chapters.map(({ title }): Shown => ['chapter', title]),
      ['title', found.suggestedTitle],
      ['summary', found.summary],
      ['search title', found.seo.title],
      ['search description', found.seo.description],
    ],
    tags: [...found.suggestedTags, ...found.seo.keywords],
  };
}

function cardOf(text: string, language: string, index: number): Shown[] {
  const size = { width: 1280, height: 720, captionSafeHeight: 0 };
  const request = { narration: text, prompt: '', title: '', language, index, count: 3, seed: 'meaning', ...size };
  const overlays = sceneOverlays(request, constantVoice(text, language), fonts);
  const lines = overlays.map((overlay) => shownLines(overlay, text));
  const headlines = lines.flatMap(([first]) => first ?? []);
  const second = lines.flatMap(([, line]): Shown[] => (line === undefined ? [] : [['second line', line]]));
  return [...oneAfterTheOther(headlines, text).map((headline): Shown => ['headline', headline]), ...second];
}

/** Clauses that are shown one after the other ("A…", "…B…", "…C") as the part of the text that they are together. */
function oneAfterTheOther(headlines: readonly string[], text: string): string[] {
  const shown: string[] = [];
  for (const headline of headlines) {
    const [before = '', now = ''] = [shown.at(-1), headline].map((one) => one?.replaceAll('…', ''));
    const isNext = shown.at(-1)?.endsWith('…') === true && headline.startsWith('…');
    const end = text.indexOf(now) + now.length;
    if (isNext && text.includes(before))
      shown.splice(-1, 1, `${text.slice(text.indexOf(before), end)}${headline.endsWith('…') ? '…' : ''}`);
    else shown.push(headline);
  }
  return shown;
}

function isAcceptable(piece: string, { text, whole, shown = [], holds }: MeaningCase): boolean {
  const bare = withoutStop(piece);
  if ([text, whole ?? withoutStop(text)].includes(piece) || shown.includes(bare) || shown.includes(piece)) return true;
  return holds !== undefined && isCut(bare, withoutStop(text)) && holds.every((words) => piece.includes(words));
}

/** True for the beginning of a text with "…", or for its beginning and its end with "…" between them. */
function isCut(piece: string, text: string): boolean {
  const [beginning = '', end = '', ...more] = piece.split('…').map((part) => part.trim());
  const isLong = piece.length >= (/\p{Script=Han}/u.test(text) ? 12 : 40);
  return isLong && more.length === 0 && piece.includes('…') && text.startsWith(beginning) && text.endsWith(end);
}

function withoutStop(text: string): string {
  return text.replace(/[.。]$/u, '');
}
