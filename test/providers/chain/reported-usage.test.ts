import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import { type OtherUsage, UnusableAnswer, type Usage } from '../../../src/providers/provider.ts';
import { plausibleUsage } from '../../../src/providers/usage.ts';
import { chainOf, provider } from './chain-fixture.ts';

/** A provider whose calls use 10 characters at most, and says that they have used something else. */
const saying = (usage: Usage, others: readonly OtherUsage[] = []) =>
  provider('one', async ({ text }) => text, {
    mostOthers: () => [{ provider: 'ear', model: 'ear-1', usage: { characters: 3 } }],
    call: async ({ text }) => ({ content: text, model: 'one-1', usage, others }),
  });
const costs = ({ notes }: { readonly notes: readonly string[] }) =>
  notes.filter((note) => /^(?:settle|REFUSED|UNCERTAIN)/.test(note)).map((note) => note.split(' ')[3]);

describe('A service that says of a call what cannot be', () => {
  it.each([Number.NaN, -5, Number.POSITIVE_INFINITY, 1e300, 1_000_000_001])(
    'such as %d characters, is taken to have used the most that the call can use',
    async (characters) => {
      const chain = chainOf([saying({ characters })]);
      await chain.say('Hi.');
      expect(costs(chain)).toEqual(['10']);
    },
  );

  it.each([0, 7, 11, 1_000_000_000])('is believed up to a billion: %d', async (characters) => {
    const chain = chainOf([saying({ characters })]);
    await chain.say('Hi.');
    expect(costs(chain)).toEqual([String(characters)]);
  });

  it('is not believed for what other services have done either', async () => {
    const ear = { provider: 'ear', model: 'ear-1', usage: { characters: Number.NaN } };
    const unknown = { provider: 'eye', model: 'eye-1', usage: { characters: -9 } };
    const chain = chainOf([saying({ characters: 1 }, [ear, unknown])]);
    await chain.say('Hi.');
    expect(costs(chain)).toEqual(['4']);
  });

  it('is not believed for an answer that cannot be used', async () => {
    const cause = new UnusableAnswer('one-1', { characters: Number.NEGATIVE_INFINITY }, 'no');
    const bad = provider('one', () => Promise.reject(new AppError('OPENAI_API_ERROR', 'No.', { cause })));
    const chain = chainOf([bad]);
    await chain.say('Hi.').catch(() => undefined);
    expect(costs(chain)[0]).toBe('10');
  });

  it('costs nothing for a count that the call cannot have', () => {
    expect(plausibleUsage({ seconds: Number.NaN, images: 1 }, { images: 1 })).toEqual({ seconds: 0, images: 1 });
  });
});
