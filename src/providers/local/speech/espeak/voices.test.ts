import { describe, expect, it } from 'vitest';
import { chooseVoice, espeakVoices, rateFor, voicesFor } from './voices.ts';

describe('The voice for a language', () => {
  it.each([
    ['en', 'en-us'],
    ['en-GB', 'en-gb'],
    ['en-AU', 'en-gb'],
    ['en-CA', 'en-us'],
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
  ])('%s is %s', (language, id) => expect(chooseVoice(language, undefined).id).toBe(id));

  it.each(['ja', 'ja-JP', 'ko', 'th', 'yue', 'xx', ''])(
    '%s is refused with a list of the supported ones',
    (language) => {
      expect(() => chooseVoice(language, undefined)).toThrow(
        expect.objectContaining({ code: 'UNSUPPORTED_LANGUAGE', message: expect.stringContaining('en, zh, de') }),
      );
    },
  );

  it('can be chosen only among the voices of that language', () => {
    expect(chooseVoice('en', 'en-gb-female').id).toBe('en-gb-female');
    expect(() => chooseVoice('en', 'de')).toThrow(expect.objectContaining({ code: 'UNKNOWN_VOICE' }));
    expect(() => chooseVoice('de', 'unknown')).toThrow('voices(language: "de")');
  });

  it('lists the voices of the region first', () => {
    expect(voicesFor('pt-PT').map((voice) => voice.id)).toEqual(['pt-pt', 'pt-pt-female', 'pt-br', 'pt-br-female']);
  });

  it('has a unique id', () => {
    expect(new Set(espeakVoices.map((voice) => voice.id)).size).toBe(espeakVoices.length);
  });

  it('has a rate that espeak-ng accepts, at the slowest and the fastest speed', () => {
    for (const voice of espeakVoices) {
      expect(rateFor(voice, 0.5)).toBeGreaterThanOrEqual(80);
      expect(rateFor(voice, 2)).toBeLessThanOrEqual(450);
      expect(rateFor(voice, 2)).toBeGreaterThan(rateFor(voice, 1));
    }
  });
});
