import { afterEach, describe, expect, it, vi } from 'vitest';
import { cleanText, faultsOf, type NewVideo, type ProviderAbilities } from './create-video-validation.ts';

const ABILITIES: ProviderAbilities = {
  speaks: () => true,
  languages: () => ['en'],
  writesTopics: true,
  providerNames: () => ['local'],
  hasVoice: () => true,
  musicMoods: [],
  earlyScript: () => ({ title: () => '', silent: [] }),
};
const FORMAT = { language: 'en', aspectRatio: 'LANDSCAPE_16_9', resolution: 'HD_720', burnInCaptions: true } as const;

const faultsIn = (input: Partial<NewVideo>) => faultsOf({ ...FORMAT, ...input }, 'en', ABILITIES);

afterEach(() => void vi.restoreAllMocks());

it.each([
  ['an article', { article: 'e\u0301'.repeat(100_001) }],
  ['a script', { script: `${'e\u0301'.repeat(9)}\n\n`.repeat(201) }],
  ['a narration', { scenes: [{ narration: 'e\u0301'.repeat(2_001) }] }],
])('normalizes %s once for all checks, because all requests wait meanwhile', (_, input) => {
  const normalize = vi.spyOn(String.prototype, 'normalize');
  expect(faultsIn(input).map(({ code }) => code)).toEqual(['TOO_LONG']);
  const long = normalize.mock.contexts.filter((text) => String(text).length > 100);
  expect(long).toHaveLength(1);
});

it('counts code points, where a text has more UTF-16 units than the limit', () => {
  expect(faultsIn({ topic: '🐝'.repeat(500) })).toEqual([]);
  expect(faultsIn({ topic: '🐝'.repeat(501) }).map(({ code }) => code)).toEqual(['TOO_LONG']);
});

it('keeps a title without characters that turn round what is shown after it, and refuses one of nothing else', () => {
  expect(cleanText('Holiday \u202Egpj.exe')).toBe('Holiday gpj.exe');
  expect(cleanText('عطلة في البحر')).toBe('عطلة في البحر');
  expect(faultsIn({ topic: 'x', title: '\u202E\u2066' })).toMatchObject([
    { code: 'REQUIRED', field: ['input', 'title'] },
  ]);
});

describe('A presenter', () => {
  const presenters = { names: ['d_id'], isPublicLink: (url: string) => url.startsWith('https://public.') };
  const faultsOfPresenter = (
    presenter: Partial<NonNullable<NewVideo['presenter']>>,
    abilities = { ...ABILITIES, presenters },
  ) =>
    faultsOf({ ...FORMAT, topic: 'Bees', presenter: { layout: 'CORNER', ...presenter } }, 'en', abilities).map(
      ({ code, field }) => `${code} ${field?.join('.')}`,
    );

  it('may be left to the installation, or be one that is set up, with a picture at a public address', () => {
    expect(faultsOfPresenter({})).toEqual([]);
    expect(faultsOfPresenter({ provider: 'd_id', imageUrl: new URL('https://public.example.org/a.png') })).toEqual([]);
  });

  it('of an unknown provider, or with a picture elsewhere, is refused, each fault at its field', () => {
    expect(faultsOfPresenter({ provider: 'other', imageUrl: 'https://private.example.org/a.png' })).toEqual([
      'NOT_FOUND input.presenter.provider',
      'INVALID input.presenter.imageUrl',
    ]);
  });

  it('is refused where no provider makes presenters', () => {
    const none = { ...ABILITIES, presenters: { ...presenters, names: [] } };
    expect(faultsOfPresenter({ provider: 'd_id' }, none)).toEqual(['PROVIDER_UNAVAILABLE input.presenter']);
    expect(faultsIn({ topic: 'Bees', presenter: { layout: 'FULL' } }).map(({ code }) => code)).toEqual([
      'PROVIDER_UNAVAILABLE',
    ]);
  });
});
