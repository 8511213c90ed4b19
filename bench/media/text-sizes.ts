/**
 * Prints how large the letters of cards are, by kind of text: the smallest, the tenth and the middle one of the corpus, in
 * pixels of a frame whose shorter side has 1080.
 *
 *   node bench/media/text-sizes.ts [--show 'sentence below']        (Node 24)
 *
 * `--show list` also prints the texts of a kind with their sizes, the smallest first.
 */
import { FontBook } from '../../src/drawing/font-book.ts';
import { captionSafeHeight } from '../../src/media/captions/caption-area.ts';
import { LocalTextProvider } from '../../src/providers/local/script/local-text-provider.ts';
import type { ScriptSource } from '../../src/providers/ports.ts';
import type { CorpusText } from '../../test/corpus/corpus-text.ts';
import { loadCorpus } from '../../test/corpus/load-corpus.ts';
import { constantVoice } from '../../test/helpers/media/constant-voice.ts';
import { type LetterSize, letterSizesOf } from '../../test/helpers/media/letter-sizes.ts';
import { sceneOverlays } from '../../test/helpers/media/scene-overlays.ts';
import { row, say } from '../shared/measure.ts';

const SHORTER_SIDE = 1080;
const FRAMES = [
  { name: 'portrait', width: 1080, height: 1920, captions: 'WORD_HIGHLIGHT' },
  { name: 'landscape', width: 1920, height: 1080, captions: 'BLOCK' },
] as const;
type Frame = (typeof FRAMES)[number];

const fonts = new FontBook();
const { signal } = new AbortController();
const shownKind = process.argv.includes('--show') ? process.argv.at(-1) : '';

for (const frame of FRAMES) {
  const sizes: LetterSize[] = [];
  for (const { text } of await loadCorpus()) sizes.push(...(await sizesIn(text, frame)));
  row(frame.name, 'texts', 'smallest', 'tenth', 'middle');
  for (const [kind, all] of Map.groupBy(sizes, (one) => one.kind)) {
    const sorted = all.toSorted((a, b) => a.share - b.share);
    const at = (share: number): string => String(pixelsOf(sorted[Math.floor(share * sorted.length)]?.share ?? 0));
    row(`  ${kind}`, String(sorted.length), at(0), at(0.1), at(0.5));
    if (kind === shownKind) for (const one of sorted) say(`    ${pixelsOf(one.share)}  ${one.text}`);
  }
}

function pixelsOf(share: number): number {
  return Math.round(share * SHORTER_SIDE);
}

async function sizesIn({ source, language }: CorpusText, frame: Frame): Promise<LetterSize[]> {
  const request = { source: sourceOf(source), language, speed: 1, ...lengthOf(source) };
  const { title, scenes } = await new LocalTextProvider().writeScript(request, signal);
  const { width, height, captions } = frame;
  const picture = { width, height, captionSafeHeight: captionSafeHeight({ width, height }, captions), seed: 'sizes' };
  return scenes.flatMap(({ visualPrompt, ...scene }, index) => {
    const asked = { ...picture, ...scene, prompt: visualPrompt, title, language, index, count: scenes.length };
    const overlays = sceneOverlays(asked, constantVoice(scene.narration, language), fonts);
    return overlays.flatMap((overlay) => letterSizesOf(overlay, frame));
  });
}

function sourceOf(source: CorpusText['source']): ScriptSource {
  if (source.kind !== 'scenes') return { kind: source.kind, text: source.text };
  return { kind: 'scenes', scenes: source.scenes.map((narration) => ({ narration })) };
}

function lengthOf(source: CorpusText['source']): { targetDurationSeconds?: number } {
  return source.kind === 'article' && source.seconds !== undefined ? { targetDurationSeconds: source.seconds } : {};
}
