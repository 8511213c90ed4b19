import { describe, expect, it } from 'vitest';
import { FontBook } from '../../../src/drawing/font-book.ts';
import type { WordsOverlay } from '../../../src/overlays/overlay.ts';
import { inkOf } from '../../../src/overlays/words/emphasis.ts';
import { constantVoice } from '../../helpers/media/constant-voice.ts';
import { layOutOverlay } from '../../helpers/media/overlays.ts';
import { sceneOverlays } from '../../helpers/media/scene-overlays.ts';
import { ALL_CASES, type TextOfLanguage } from './all-cases.ts';

const fonts = new FontBook();

/** Each headline that the film of a text shows, laid out. */
function layOut({ text, language }: TextOfLanguage, width: number, height: number) {
  const size = { width, height, captionSafeHeight: Math.round(height * 0.22) };
  const request = { narration: text, prompt: '', title: '', language, index: 1, count: 3, seed: 'a', ...size };
  const overlays = sceneOverlays(request, constantVoice(text, language), fonts);
  const words = overlays.filter((overlay): overlay is WordsOverlay => overlay.kind === 'words');
  return words.map((overlay) => {
    const block = layOutOverlay(overlay, size, fonts).find(({ role }) => role === 'headline');
    return { text, overlay, block, lines: block?.lines.map((line) => line.text) ?? [] };
  });
}

describe.each([
  [1280, 720],
  [720, 1280],
])('A headline on a card of %i × %i', (width, height) => {
  const laidOut = ALL_CASES.flatMap((one) => layOut(one, width, height));

  it('is complete, however long it is', () => {
    const bare = (text: string) => text.replace(/\s/gu, '');
    const wrong = laidOut.filter(({ lines, overlay }) => bare(lines.join('')) !== bare(overlay.words.headline));
    expect(wrong.map(({ text, lines }) => ({ text, lines }))).toEqual([]);
  });

  it('is not set smaller than captions', () => {
    const sizes = laidOut.map(({ block }) => (block?.style.size ?? 720) / 720);
    expect(Math.min(...sizes)).toBeGreaterThan(0.036);
  });

  it('has no line of a single Chinese character, and tears no number from its unit', () => {
    const lines = laidOut.flatMap((one) => one.lines);
    expect(lines.filter((line) => /^\p{Script=Han}\P{L}*$/u.test(line))).toEqual([]);
    expect(lines.filter((line) => /^(?:[%€»°]|p\.m|50$|km )/u.test(line))).toEqual([]);
  });

  it('has no coloured part where its denial is in another colour', () => {
    const denied = laidOut.find(({ text }) => text === 'There is no evidence that it works.');
    const inks = denied?.block?.lines.map((_, at) =>
      denied.block ? inkOf(denied.block, at, denied.overlay.inks) : '',
    );
    expect(new Set(inks).size).toBe(1);
  });
});
