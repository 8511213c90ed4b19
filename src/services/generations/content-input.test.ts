import { describe, expect, it } from 'vitest';
import { type UserFault, UserFaultError } from '../user-fault.ts';
import { type ContentAbilities, imageOrder, speechOrder, textOrder } from './content-input.ts';

const provider = { name: 'pen', models: ['p1', 'p2'], takes: (model: string) => model.startsWith('p') };
const ABILITIES: ContentAbilities = {
  textProviders: [provider],
  imageProviders: [{ name: 'easel', models: ['e1'], takes: (model) => model === 'e1' }, provider],
  speaks: (language) => language === 'en',
  languages: () => ['en'],
  hasVoice: (_, voiceId, name) => voiceId !== 'missing' && (name === undefined || name === 'speaker'),
};
const FINDER = { languageOf: () => 'fr', otherThan: () => undefined };
const TEXT = { prompt: 'Bees', maxTokens: 2_000 };
const IMAGE = { prompt: 'A bee', aspectRatio: 'SQUARE_1_1' } as const;
const SPEECH = { text: 'Bees.', language: 'en' };

/** Paths without "input", with their codes; empty where the input is valid. */
function faultsOf(order: () => unknown): readonly (readonly [string | undefined, UserFault['code']])[] {
  try {
    order();
    return [];
  } catch (thrown) {
    if (!(thrown instanceof UserFaultError)) throw thrown;
    return thrown.faults.map(({ field, code }) => [field?.slice(1).join('.'), code]);
  }
}

describe('An order of a text', () => {
  it.each([
    [{ prompt: '🐝'.repeat(20_000) }, []],
    [{ prompt: '🐝'.repeat(20_001) }, [['prompt', 'TOO_LONG']]],
    [{ prompt: ' \n ' }, [['prompt', 'REQUIRED']]],
    [{ maxTokens: 1 }, []],
    [{ maxTokens: 0 }, [['maxTokens', 'INVALID']]],
    [{ maxTokens: 16_000 }, []],
    [{ maxTokens: 16_001 }, [['maxTokens', 'INVALID']]],
    [{ model: 'p'.repeat(200) }, []],
    [{ model: 'p'.repeat(201) }, [['model', 'TOO_LONG']]],
    [
      { model: '' },
      [
        ['model', 'REQUIRED'],
        ['model', 'NOT_FOUND'],
      ],
    ],
    [{ model: 'e1' }, [['model', 'NOT_FOUND']]],
    [{ provider: 'easel' }, [['provider', 'NOT_FOUND']]],
    [{ provider: 'pen', model: 'p2' }, []],
  ] as const)('with %o has the faults %o', (change, faults) => {
    expect(faultsOf(() => textOrder({ ...TEXT, ...change }, ABILITIES))).toEqual(faults);
  });

  it('is kept in NFC, without control characters and halves of characters', () => {
    const prompt = '  Cafe\u0301 \u0000\ud83d 蜜蜂 ';
    expect(textOrder({ ...TEXT, prompt }, ABILITIES)).toEqual({
      type: 'TEXT',
      prompt: 'Café \ufffd 蜜蜂',
      maxTokens: 2_000,
    });
  });

  it('needs a text provider', () => {
    const order = () => textOrder(TEXT, { ...ABILITIES, textProviders: [] });
    expect(faultsOf(order)).toEqual([['prompt', 'PROVIDER_UNAVAILABLE']]);
  });
});

describe('An order of a picture', () => {
  it.each([
    [{ prompt: '蜂'.repeat(4_000) }, []],
    [{ prompt: '蜂'.repeat(4_001) }, [['prompt', 'TOO_LONG']]],
    [{ model: 'p2' }, []],
    [{ provider: 'easel', model: 'p2' }, [['model', 'NOT_FOUND']]],
    [{ provider: 'brush' }, [['provider', 'NOT_FOUND']]],
  ] as const)('with %o has the faults %o', (change, faults) => {
    expect(faultsOf(() => imageOrder({ ...IMAGE, ...change }, ABILITIES, FINDER))).toEqual(faults);
  });

  it('has the language of its prompt', () => {
    expect(imageOrder(IMAGE, ABILITIES, FINDER)).toEqual({ type: 'IMAGE', ...IMAGE, language: 'fr' });
  });
});

describe('An order of a recording', () => {
  it.each([
    [{ text: `${'a '.repeat(2_499)}a.` }, []],
    [{ text: `${'a '.repeat(2_500)}a` }, [['text', 'TOO_LONG']]],
    [{ text: '' }, [['text', 'REQUIRED']]],
    [{ text: '🐝' }, [['text', 'INVALID']]],
    [{ text: '蜜蜂在跳舞' }, [['text', 'UNSUPPORTED']]],
    [{ language: 'xx' }, [['language', 'UNSUPPORTED']]],
    [{ voice: { speed: 0.5 } }, []],
    [{ voice: { speed: 0.49 } }, [['voice.speed', 'INVALID']]],
    [{ voice: { speed: 2 } }, []],
    [{ voice: { speed: 2.01 } }, [['voice.speed', 'INVALID']]],
    [{ voice: { speed: 1, provider: 'pen' } }, [['voice.provider', 'NOT_FOUND']]],
    [{ voice: { speed: 1, voiceId: 'missing' } }, [['voice.voiceId', 'NOT_FOUND']]],
  ] as const)('with %o has the faults %o', (change, faults) => {
    expect(faultsOf(() => speechOrder({ ...SPEECH, ...change }, ABILITIES))).toEqual(faults);
  });

  it('names voice and provider only where they are given', () => {
    expect(speechOrder(SPEECH, ABILITIES)).toEqual({ type: 'AUDIO', text: 'Bees.', language: 'en', speed: 1 });
    const voice = { speed: 1.5, provider: 'speaker', voiceId: 'v1' };
    expect(speechOrder({ ...SPEECH, voice }, ABILITIES)).toMatchObject(voice);
  });
});
