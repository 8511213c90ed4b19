import { describe, expect, it } from 'vitest';
import type { WordsOverlay } from '../../src/overlays/overlay.ts';
import { contentOf, overlaysOf, request } from '../helpers/media/card-contents.ts';
import { constantVoice } from '../helpers/media/constant-voice.ts';

const QUOTATION = contentOf('a long quotation').narration;

function marked(narration: string, language = 'en', changes = {}, slowness = 1): WordsOverlay[] {
  return overlaysOf(request(narration, language, changes), slowness).filter(
    (one): one is WordsOverlay => one.kind === 'words' && one.mark === 'quotation',
  );
}

describe('A quotation of several sentences', () => {
  it('is shown sentence by sentence, with its mark and its speaker', () => {
    const shown = marked(QUOTATION);
    expect(shown.map(({ words }) => words.headline)).toEqual([
      'The reef was silent on the day when we came back to it',
      'We swam for two hours and counted the fish of a single kind. It was over',
      'That day in the cold water changed my whole life',
    ]);
    expect(new Set(shown.map(({ words }) => words.secondary))).toEqual(new Set(['– the biologist Anna Weber']));
    expect(overlaysOf(request(QUOTATION, 'en'))).toHaveLength(shown.length);
  });

  it.each([
    [854, 480],
    [480, 854],
  ])('is so above captions at %i × %i', (width, height) => {
    expect(marked(QUOTATION, 'en', { width, height, captionSafeHeight: Math.round(height * 0.24) })).toHaveLength(3);
  });

  it('is between quotation marks where there is no room for a large one', () => {
    const tall = { width: 720, height: 1280, captionSafeHeight: 576 };
    const shown = overlaysOf(request(QUOTATION, 'en', tall), 1.3).flatMap((one) => (one.kind === 'words' ? [one] : []));
    expect(shown.map(({ words }) => [words.headline, words.secondary])).toEqual([
      ['“The reef was silent on the day when we came back to it”', '– the biologist Anna Weber'],
      ['“We swam for two hours and counted the fish of a single kind. It was over”', '– the biologist Anna Weber'],
      ['“That day in the cold water changed my whole life”', '– the biologist Anna Weber'],
    ]);
    const [, , last] = shown;
    const starts = last?.clauses.map(({ start }) => last.words.headline.slice(start).split(' ', 1)[0]);
    expect(starts).toEqual(['“That', 'changed']);
  });

  it.each([1, 1.2, 1.4, 1.6, 2])('changes with its sentences, and at least every six seconds: %s', (slowness) => {
    const shown = marked(QUOTATION, 'en', {}, slowness);
    const { timings, durationSeconds } = constantVoice(QUOTATION, 'en', slowness);
    expect(shown.length).toBeGreaterThanOrEqual(3);
    for (const [index, { words, startSeconds, endSeconds, clauses }] of shown.entries()) {
      const word = timings.find(({ textEnd }) => textEnd > QUOTATION.indexOf(words.headline));
      if (index > 0) expect(Math.abs(startSeconds - (word?.startSeconds ?? 0))).toBeLessThan(0.11);
      expect(endSeconds).toBe(shown[index + 1]?.startSeconds ?? durationSeconds);
      const changes = [startSeconds, ...clauses.map((clause) => clause.startSeconds), endSeconds];
      for (const [at, seconds] of changes.entries())
        expect(seconds - (changes[at - 1] ?? seconds)).toBeLessThanOrEqual(6);
    }
  });

  it('stays whole where it takes less than six seconds', () => {
    const shown = marked('“The reef was silent. We left at once,” says the biologist Anna Weber.');
    expect(shown.map(({ words }) => words.headline)).toEqual(['The reef was silent. We left at once']);
  });

  it('is shown without a name where the narration has none', () => {
    const shown = marked(QUOTATION.replace('says the biologist Anna Weber', 'she says'));
    expect(shown).toHaveLength(3);
    expect(shown.every(({ words }) => words.secondary === '')).toBe(true);
  });

  it('is shown sentence by sentence in Chinese', () => {
    const narration =
      '生物學家林小姐說：「我們回來的那一天，珊瑚礁非常安靜。我們游了兩個小時，數了同一種魚。那一天改變了我的一生。」';
    const shown = marked(narration, 'zh-TW');
    expect(shown.length).toBeGreaterThan(1);
    expect(new Set(shown.map(({ words }) => words.secondary))).toEqual(new Set(['– 生物學家林小姐']));
  });

  it('is a headline where it is denied', () => {
    expect(marked(QUOTATION.replace('the biologist Anna Weber', 'no one'))).toEqual([]);
  });
});
