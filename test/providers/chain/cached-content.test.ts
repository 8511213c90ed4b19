import { describe, expect, it } from 'vitest';
import type { ContentProvider } from '../../../src/providers/provider.ts';
import { answers, chainOf, fails, type Line, OPEN, provider } from './chain-fixture.ts';

const cacheInput = ({ text }: Line) => ({ text });
const cacheable = (name: string, given: Partial<ContentProvider<Line, string>> = {}) =>
  provider(name, async ({ text }) => text, { cacheInput, ...given });

describe('Content that is stored for an equal request of another video', () => {
  it('is copied, and no request is sent', async () => {
    const { say, notes } = chainOf([cacheable('one'), answers('two')], {
      cached: { size: 3 },
      copy: async ({ size }) => ({ size: size + 100 }),
    });
    expect(await say('Hi.')).toEqual({ stored: { size: 103 }, provider: 'one' });
    expect(notes).toEqual(['open', 'cached g1 one one-1 {"size":103}']);
  });

  it('is that of the provider that would be called, so that a preferred one is not passed over', async () => {
    const { say, notes } = chainOf([answers('one'), cacheable('two')], { cached: { size: 3 } });
    expect(await say('Hi.')).toMatchObject({ provider: 'one' });
    expect(notes).not.toContainEqual(expect.stringMatching(/^cached/));
  });

  it('serves instead of a provider that fails', async () => {
    const { say, notes } = chainOf([provider('one', fails('OPENAI_API_ERROR')), cacheable('two')], {
      cached: { size: 3 },
    });
    expect(await say('Hi.')).toMatchObject({ provider: 'two' });
    expect(notes.at(-1)).toBe('cached g1 two two-1 {"size":3}');
  });

  it('is found while its provider rests', async () => {
    const { say } = chainOf([cacheable('one')], {
      cached: { size: 3 },
      held: { one: { admitted: false, because: 'RESTING', seconds: 9 } },
    });
    expect(await say('Hi.')).toEqual({ stored: { size: 3 }, provider: 'one' });
  });

  it.each([
    ['is gone', { cached: { size: 3 }, copy: async () => null }],
    ['has another form, of an earlier version', { cached: { length: 3 } }],
    ['does not exist', { cached: null }],
  ])('is made anew where it %s', async (_, given) => {
    const { say, notes } = chainOf([cacheable('one')], given);
    expect(await say('Hi.')).toEqual({ stored: { size: 3 }, provider: 'one' });
    expect(notes).toContain('send one one-1 10');
  });

  it('is not looked for where a task of this request is under way', async () => {
    const started = { attemptId: 'a0', provider: 'one', startedId: 't1' };
    const { say, notes } = chainOf([cacheable('one')], { cached: { size: 3 }, opened: { ...OPEN, started } });
    await say('Hi.');
    expect(notes).toEqual(['open', 'settle a0 one 3 {"size":3}']);
  });
});

describe('The key of stored content', () => {
  const keyOf = async (one: ContentProvider<Line, string>, text = 'Hi.') => {
    const { say, cacheKeys } = chainOf([one]);
    await say(text);
    return cacheKeys[0];
  };

  it('depends on the provider, its model and what the content depends on, and on nothing else', async () => {
    const key = await keyOf(cacheable('one'));
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(await keyOf(cacheable('one', { priority: 7 }))).toBe(key);
    expect(await keyOf(cacheable('one', { cacheInput: () => ({ text: 'Hi.' }) }), 'Ho.')).toBe(key);
    const others = [
      await keyOf(cacheable('two')),
      await keyOf(cacheable('one', { models: ['one-2'] })),
      await keyOf(cacheable('one'), 'Ho.'),
    ];
    expect(new Set([key, ...others]).size).toBe(4);
  });

  it('does not exist where a provider makes another content for each request', async () => {
    expect(await keyOf(answers('one'))).toBeUndefined();
  });
});
