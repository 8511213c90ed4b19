import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import { withOwnKey } from '../../../src/providers/own-key.ts';
import { answers, chainOf, fails, OPEN, provider } from './chain-fixture.ts';

const own = { ownKey: true } as const;

describe('A user’s own key', () => {
  it('is tried first, and neither closes nor opens the circuit of the installation’s', async () => {
    const mine = provider('one', async ({ text }) => text, own);
    const { say, health } = chainOf([mine, answers('one')]);
    expect(await say('Hi.')).toMatchObject({ provider: 'one' });
    expect(health).toEqual([]);
  });

  it('that is refused is followed by the installation’s, which is said, and whose state it does not change', async () => {
    const bad = provider('one', fails('OPENAI_INVALID_API_KEY'), own);
    const { say, health, failovers, notes } = chainOf([bad, answers('one')]);
    await say('Hi.');
    expect(failovers).toEqual(['one → one with the installation’s key']);
    expect(health).toEqual(['one works']);
    expect(notes).toContain('REFUSED a1 OPENAI_INVALID_API_KEY 0');
  });

  it('is used while the installation’s rests, and not where an operator has disabled the provider', async () => {
    const mine = provider('one', async ({ text }) => text, own);
    const resting = { one: { admitted: false, because: 'RESTING', seconds: 60 } } as const;
    expect(await chainOf([mine, answers('two')], { held: resting }).say('Hi.')).toMatchObject({ provider: 'one' });
    const disabled = { one: { admitted: false, because: 'DISABLED' } } as const;
    expect(await chainOf([mine, answers('two')], { held: disabled }).say('Hi.')).toMatchObject({ provider: 'two' });
  });

  it('whose answer was lost is not followed by the installation’s for the same service in a later attempt', async () => {
    const mine = provider('one', async ({ text }) => text, own);
    const opened = { ...OPEN, lostBy: ['one'] };
    await expect(chainOf([mine, answers('one')], { opened }).say('Hi.')).rejects.toMatchObject({ code: 'ANSWER_LOST' });
  });
});

describe('A task that a user’s own key has started', () => {
  const started = { attemptId: 'a9', provider: 'one', startedId: 'task-7', ownKey: true };
  const polling = (given: object) => {
    const seen: (string | undefined)[] = [];
    const polled = provider(
      'one',
      async ({ text }, { startedId }) => {
        seen.push(startedId);
        return text;
      },
      given,
    );
    return { polled, seen };
  };

  it('is fetched with that key', async () => {
    const [mine, theirs] = [polling(own), polling({})];
    await chainOf([mine.polled, theirs.polled], { opened: { ...OPEN, started } }).say('Hi.');
    expect([mine.seen, theirs.seen]).toEqual([['task-7'], []]);
  });

  it('is neither fetched nor paid for by the installation once the key is removed: the next provider takes over, and says so', async () => {
    const theirs = polling({});
    const { say, failovers } = chainOf([theirs.polled, answers('two')], { opened: { ...OPEN, started } });
    expect(await say('Hi.')).toMatchObject({ provider: 'two' });
    expect(theirs.seen).toEqual([]);
    expect(failovers).toEqual(['one → two']);
  });

  it('fails with the reason where no other provider is left, until the user retries', async () => {
    const theirs = polling({});
    await expect(chainOf([theirs.polled], { opened: { ...OPEN, started } }).say('Hi.')).rejects.toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
      message: 'Your own key for one was removed before its result was fetched.',
    });
    expect(theirs.seen).toEqual([]);
    const retried = { ...started, isOfEarlierRun: true };
    await chainOf([theirs.polled], { opened: { ...OPEN, started: retried } }).say('Hi.');
    expect(theirs.seen).toEqual([undefined]);
  });

  it('by the installation is fetched with the installation’s key, also where the user has set one since', async () => {
    const [mine, theirs] = [polling(own), polling({})];
    const byInstallation = { ...started, ownKey: false };
    await chainOf([mine.polled, theirs.polled], { opened: { ...OPEN, started: byInstallation } }).say('Hi.');
    expect([mine.seen, theirs.seen]).toEqual([[], ['task-7']]);
  });
});

describe('A provider with a user’s own key', () => {
  const context = (startedId?: string) => ({
    signal: new AbortController().signal,
    startedId,
    onStarted: async () => undefined,
  });
  const removed = { isCurrent: async () => false };
  const current = { isCurrent: async () => true };

  it('sends nothing once the key is removed, but fetches what the key has started', async () => {
    const made = withOwnKey(answers('one'), removed);
    await expect(made.call({ text: 'Hi.' }, context())).rejects.toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
      message: 'Your own key for one was removed or replaced.',
    });
    expect(await made.call({ text: 'Hi.' }, context('task-7'))).toMatchObject({ content: 'Hi.' });
  });

  it.each([
    ['OPENAI_INVALID_API_KEY', 'OpenAI does not accept your own key: set it anew, or remove it.'],
    ['OPENAI_QUOTA_EXCEEDED', 'Your own account at OpenAI has no credit or quota left.'],
    ['OPENAI_API_ERROR', 'No.'],
  ] as const)('fails with %s for its owner, not for operators', async (code, message) => {
    const made = withOwnKey(provider('one', fails(code)), current);
    const thrown: unknown = await made.call({ text: 'Hi.' }, context()).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(AppError);
    expect(thrown).toMatchObject({ code, message });
  });
});
