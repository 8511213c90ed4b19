import { describe, expect, it } from 'vitest';
import { FontBook } from '../../src/drawing/font-book.ts';
import type { CodeOverlay, Overlay } from '../../src/overlays/overlay.ts';
import type { ImageRequest, SceneCode } from '../../src/providers/ports.ts';
import { request, SIZES } from '../helpers/media/card-contents.ts';
import { constantVoice } from '../helpers/media/constant-voice.ts';
import { sceneOverlays } from '../helpers/media/scene-overlays.ts';

const fonts = new FontBook();
/** Seconds; a constant voice speaks 14 UTF-16 units a second. */
const secondsOf = (text: string): number => text.replaceAll(' ', '').length * 0.07;
const LONG_CODE = Array.from({ length: 12 }, (_, i) => `${'x'.repeat(40)} = ${10 + i}; // wide`).join('\n');

/** All overlays of a narration with the code of the sentences that begin with some words. */
function shownOf(
  narration: string,
  code: Readonly<Record<string, string>>,
  changes: Partial<ImageRequest> = {},
): readonly Overlay[] {
  const codes: SceneCode[] = Object.entries(code).map(([words, text]) => ({ text, start: narration.indexOf(words) }));
  const asked = request(narration, 'en', { code: codes, ...changes });
  return sceneOverlays(asked, constantVoice(narration, asked.language), fonts);
}

const codesOf = (overlays: readonly Overlay[]): CodeOverlay[] => overlays.filter((one) => one.kind === 'code');
const spansOf = (overlays: readonly Overlay[]): [string, number, number][] =>
  overlays.flatMap(({ kind, startSeconds, endSeconds }) =>
    kind === 'motif' || kind === 'disc'
      ? []
      : [[kind, Math.round(10 * startSeconds) / 10, Math.round(10 * endSeconds) / 10]],
  );

describe('A card of code', () => {
  const before = 'You need a computer with Node on it, of which the version is not old.';
  const sentence = 'Look at the version of Node with this short command.';
  const after = 'Then write the first lines of the program into a file.';

  it('is shown while its sentence is spoken', () => {
    const overlays = shownOf(`${before} ${sentence} ${after}`, { 'Look at': 'node --version' });
    const [begin, end] = [secondsOf(before), secondsOf(before) + secondsOf(sentence)];
    const [code, ...others] = codesOf(overlays);
    expect([code?.code, code?.lead, others.length]).toEqual(['node --version', '', 0]);
    expect(Math.abs((code?.startSeconds ?? 0) - begin)).toBeLessThan(0.1);
    expect(Math.abs((code?.endSeconds ?? 0) - end)).toBeLessThan(0.1);
  });

  it('is shown for three seconds where its sentence is shorter and has a neighbour', () => {
    const overlays = shownOf(`${before} Run this: ${after}`.replace('Run this:', 'Run this.'), {
      'Run this': 'npm ci',
    });
    const [code] = codesOf(overlays);
    expect((code?.endSeconds ?? 0) - (code?.startSeconds ?? 0)).toBeGreaterThanOrEqual(2.95);
  });

  it('is shown at the end of a long sentence, after its headline', () => {
    const long =
      'Now stop the server and look at the whole configuration that a project of this size would have, because it is longer than what you have seen.';
    expect(spansOf(shownOf(long, { Now: 'npm stop' }))).toEqual([
      ['words', 0, 2.6],
      ['code', 2.6, 8],
    ]);
  });

  it('is shown below the author’s heading, and a list with code is shown as sentences', () => {
    const narration = 'First, install the program. Then start the program at once. Finally, look at the log of it.';
    const overlays = shownOf(narration, { Then: 'npm start' }, { heading: 'How to begin' });
    expect(overlays.some(({ kind }) => kind === 'rows')).toBe(false);
    expect(codesOf(overlays).map(({ code }) => code)).toEqual(['npm start']);
    const first = shownOf(sentence, { Look: 'node --version' }, { heading: 'The version' });
    expect(codesOf(first).map(({ lead, startSeconds }) => [lead, startSeconds])).toEqual([['The version', 0]]);
    expect(spansOf(first)).toHaveLength(1);
  });

  it('is shown after the title of the film, or below it on the panel where its beat is short', () => {
    const title = { index: 0, title: 'A web server' };
    expect(
      spansOf(
        shownOf('Look at the version of the program with this rather short command.', { Look: 'node -v' }, title),
      ),
    ).toEqual([
      ['words', 0, 1.5],
      ['code', 1.5, 3.9],
    ]);
    const short = shownOf('Look at your version.', { Look: 'node -v' }, title);
    expect(codesOf(short).map(({ lead, startSeconds }) => [lead, startSeconds])).toEqual([['A web server', 0]]);
    expect(spansOf(short)).toHaveLength(1);
  });

  it('follows another one', () => {
    const narration = 'Install it. Start it. ';
    const codes = codesOf(shownOf(narration, { Install: 'npm ci', Start: 'npm start' }));
    expect(codes.map(({ code }) => code)).toEqual(['npm ci', 'npm start']);
    expect(codes[0]?.endSeconds).toBeLessThanOrEqual((codes[1]?.startSeconds ?? 0) + 0.001);
  });

  it('is not shown where a character is in no font, or the frame is too small', () => {
    expect(codesOf(shownOf(sentence, { Look: 'echo "สวัสดี"' }))).toEqual([]);
    expect(
      codesOf(shownOf(sentence, { Look: LONG_CODE }, { width: 480, height: 480, captionSafeHeight: 260 })),
    ).toEqual([]);
    expect(spansOf(shownOf(sentence, { Look: 'echo "สวัสดี"' }))).toEqual(spansOf(shownOf(sentence, {})));
  });

  it.each(SIZES)('with twelve wide lines fits a frame of %i × %i, without a motif behind it', (width, height) => {
    const narration = 'The dog wrote these lines of code with its four paws.';
    const captionSafeHeight = Math.round(height * 0.2);
    const overlays = shownOf(narration, { The: LONG_CODE }, { width, height, captionSafeHeight });
    const [code] = codesOf(overlays);
    if (code === undefined) expect.fail('no code');
    const { x, y, ...size } = code.place.box;
    const behind = (some: readonly Overlay[]): Overlay[] =>
      some.filter((one) => {
        if (
          (one.kind !== 'motif' && one.kind !== 'disc') ||
          one.startSeconds >= code.endSeconds ||
          one.endSeconds <= code.startSeconds
        )
          return false;
        const { centre } = one;
        return centre.x > x && centre.x < x + size.width && centre.y > y && centre.y < y + size.height;
      });
    expect(behind(overlays)).toEqual([]);
    const covers = width >= height;
    expect(behind(shownOf(narration, {}, { width, height, captionSafeHeight })).length > 0).toBe(covers);
  });

  it('never stays for more than six seconds, and never with other words', () => {
    const sentences = ['Go.', 'Run it.', sentence, before, `${before.slice(0, -1)} and ${sentence}`, after];
    for (const [at, own] of sentences.entries()) {
      const narration = [...sentences.slice(at + 1), own, ...sentences.slice(0, at)].join(' ');
      const shown = shownOf(narration, { [own]: 'npm ci' }).filter(({ kind }) => kind !== 'motif' && kind !== 'disc');
      const [code] = codesOf(shown);
      if (code === undefined) expect.fail(`no code with "${own}"`);
      expect(code.endSeconds - code.startSeconds).toBeLessThanOrEqual(6.01);
      for (const other of shown)
        if (other !== code) {
          const apart = other.endSeconds <= code.startSeconds + 0.001 || other.startSeconds >= code.endSeconds - 0.001;
          expect(apart).toBe(true);
        }
    }
  });
});
