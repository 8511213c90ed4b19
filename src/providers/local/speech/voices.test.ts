import { describe, expect, it } from 'vitest';
import type { PieceRequest } from './program/frames.ts';
import { builtInVoices, chooseVoice, voicesFor } from './voices.ts';

describe('The voice for a language', () => {
  it.each([
    ['en', 'en-us-rms'],
    ['en-GB', 'en-gb-awb'],
    ['en-AU', 'en-gb-awb'],
    ['en-CA', 'en-us-rms'],
    ['zh', 'cmn'],
    ['zh-TW', 'cmn'],
    ['zh-Hant-TW', 'cmn'],
    ['es', 'es'],
    ['es-419', 'es-419'],
    ['es-AR', 'es-419'],
    ['pt', 'pt-br'],
    ['pt-PT', 'pt-pt'],
    ['DE-at', 'de'],
    ['no', 'nb'],
  ])('%s is %s', (language, id) => expect(chooseVoice(builtInVoices, language, undefined).id).toBe(id));

  it.each(['ja', 'ja-JP', 'ko', 'th', 'yue', 'xx', ''])(
    '%s is refused with a list of the supported ones',
    (language) => {
      expect(() => chooseVoice(builtInVoices, language, undefined)).toThrow(
        expect.objectContaining({ code: 'UNSUPPORTED_LANGUAGE', message: expect.stringContaining('en, zh, de') }),
      );
    },
  );

  it('can be chosen only among the voices of that language', () => {
    expect(chooseVoice(builtInVoices, 'en', 'en-us-slt').id).toBe('en-us-slt');
    expect(() => chooseVoice(builtInVoices, 'en', 'de')).toThrow(expect.objectContaining({ code: 'UNKNOWN_VOICE' }));
    expect(() => chooseVoice(builtInVoices, 'de', 'unknown')).toThrow('voices(language: "de")');
  });

  it('lists the voices of the region first', () => {
    expect(voicesFor(builtInVoices, 'pt-PT').map((voice) => voice.id)).toEqual([
      'pt-pt',
      'pt-pt-female',
      'pt-br',
      'pt-br-female',
    ]);
  });

  it.each(['en-us', 'en-us-female', 'en-gb', 'en-gb-female'])('can still be %s of espeak-ng', (id) => {
    for (const language of ['en', 'en-GB']) {
      const voice = chooseVoice(builtInVoices, language, id);
      expect(voice.id).toBe(id);
      expect(voice.request([], 1).program).toBe('espeak');
    }
  });

  it('has a unique id', () => {
    expect(new Set(builtInVoices.map((voice) => voice.id)).size).toBe(builtInVoices.length);
  });

  it('is stretched where its program cannot speak as slowly', () => {
    const voice = chooseVoice(builtInVoices, 'fr', undefined);
    expect(voice.request([], 1)).toMatchObject({ rate: 111, stretch: 1 });
    expect(voice.request([], 0.5)).toMatchObject({ rate: 80, stretch: expect.closeTo(1.45, 1) });
    expect(voice.request([], 2)).toMatchObject({ stretch: 1 });
  });

  it('has a rate at which its program is understood, at the slowest and the fastest speed', () => {
    for (const voice of builtInVoices) {
      const [slow, fast] = [0.5, 2].map((speed) => paceOf(voice.request([], speed)));
      expect(slow).toBeGreaterThanOrEqual(50);
      expect(fast).toBeLessThanOrEqual(700);
      expect(fast).toBeGreaterThan((slow ?? 0) * 3);
    }
  });
});

/** Something like words a minute: Flite's speakers read at about 200. */
function paceOf(request: PieceRequest): number {
  if (request.program === 'sherpa') return 200 * request.speed;
  return request.program === 'espeak' ? request.rate / request.stretch : 200 / (request.stretch * request.soundStretch);
}
