import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../../../src/errors.ts';
import type { OpenedGeneration } from '../../../src/providers/ledger.ts';
import { UnusableAnswer } from '../../../src/providers/provider.ts';
import type { Admission } from '../../../src/providers/provider-states.ts';
import { answers, chainOf, fails, OPEN, provider } from './chain-fixture.ts';

describe('A failure', () => {
  it.each<[ErrorCode, string]>([
    ['OPENAI_INVALID_API_KEY', 'REFUSED a1 OPENAI_INVALID_API_KEY 0'],
    ['OPENAI_QUOTA_EXCEEDED', 'REFUSED a1 OPENAI_QUOTA_EXCEEDED 0'],
    ['OPENAI_API_ERROR', 'REFUSED a1 OPENAI_API_ERROR 0'],
    ['UNKNOWN_VOICE', 'REFUSED a1 UNKNOWN_VOICE 0'],
    // Something may have been made, and may cost the most that was reserved.
    ['OPENAI_TIMEOUT', 'UNCERTAIN a1 OPENAI_TIMEOUT 10'],
    ['FILE_DOWNLOAD_FAILED', 'UNCERTAIN a1 FILE_DOWNLOAD_FAILED 10'],
    ['INTERNAL_ERROR', 'UNCERTAIN a1 INTERNAL_ERROR 10'],
  ])('with %s goes on to the next provider', async (code, line) => {
    const { say, notes } = chainOf([provider('one', fails(code)), answers('two')]);
    expect(await say('Hi.')).toMatchObject({ provider: 'two' });
    expect(notes).toEqual(['open', 'send one one-1 10', line, 'send two two-1 10', 'settle a2 two 3 {"size":3}']);
  });

  it('of rejected content is not offered to another provider', async () => {
    const { say, notes } = chainOf([provider('one', fails('OPENAI_CONTENT_REJECTED')), answers('two')]);
    await expect(say('Hi.')).rejects.toMatchObject({ code: 'OPENAI_CONTENT_REJECTED' });
    expect(notes.slice(2)).toEqual(['REFUSED a1 OPENAI_CONTENT_REJECTED 0']);
  });

  it('of rejected content is offered to another provider where the setting says so', async () => {
    const rejecting = provider('one', fails('OPENAI_CONTENT_REJECTED'));
    const { say, failovers } = chainOf([rejecting, answers('two')], { offersRejected: true });
    expect(await say('Hi.')).toMatchObject({ provider: 'two' });
    expect(failovers).toEqual(['one → two']);
    const alone = chainOf([rejecting], { offersRejected: true });
    await expect(alone.say('Hi.')).rejects.toMatchObject({ code: 'OPENAI_CONTENT_REJECTED' });
  });

  it('that ends the run is final, also where rejected content is offered to others', async () => {
    const { say, failovers } = chainOf([provider('one', fails('CANCELED')), answers('two')], { offersRejected: true });
    await expect(say('Hi.')).rejects.toMatchObject({ code: 'CANCELED' });
    expect(failovers).toEqual([]);
  });

  it('that was billed costs what was used', async () => {
    const cause = new UnusableAnswer('one-1', { characters: 4 }, 'no script');
    const { say, notes } = chainOf([provider('one', fails('OPENAI_API_ERROR', { cause })), answers('two')]);
    await say('Hi.');
    expect(notes[2]).toBe('REFUSED a1 OPENAI_API_ERROR 4');
  });

  it('that was billed costs what other services have done for it, too', async () => {
    const others = [{ provider: 'two', model: 'two-1', usage: { characters: 3 } }];
    const cause = new UnusableAnswer('one-1', { characters: 4 }, 'no speech', others);
    const { say, notes } = chainOf([provider('one', fails('OPENAI_API_ERROR', { cause })), answers('two')]);
    await say('Hi.');
    expect(notes[2]).toBe('REFUSED a1 OPENAI_API_ERROR 7');
  });

  it('of all providers lists them, and can be retried where one of them can', async () => {
    const { say } = chainOf([
      provider('one', fails('OPENAI_INVALID_API_KEY')),
      provider('two', fails('OPENAI_TIMEOUT', { retriable: true })),
    ]);
    await expect(say('Hi.')).rejects.toMatchObject({
      code: 'ALL_PROVIDERS_FAILED',
      retriable: true,
      message: 'Every provider failed. one: No. (OPENAI_INVALID_API_KEY) two: No. (OPENAI_TIMEOUT)',
    });
  });

  it('of the only provider is thrown as it is, even where it can no longer be recorded', async () => {
    const { say } = chainOf([provider('one', fails('OPENAI_TIMEOUT'))], {
      refusing: { at: 'fail', code: 'LEASE_LOST' },
    });
    await expect(say('Hi.')).rejects.toMatchObject({ code: 'OPENAI_TIMEOUT' });
  });

  it('to store an answer is not mended by another provider', async () => {
    const { say, notes } = chainOf([answers('one'), answers('two')]);
    const full = async () => Promise.reject(new AppError('DISK_SPACE_INSUFFICIENT', 'Full.'));
    await expect(say('Hi.', undefined, full)).rejects.toMatchObject({ code: 'DISK_SPACE_INSUFFICIENT' });
    expect(notes.slice(2)).toEqual(['UNCERTAIN a1 DISK_SPACE_INSUFFICIENT 3']);
  });
});

describe('A provider that asks to wait', () => {
  const busyFor = (times: number, options: object) => {
    let calls = 0;
    return provider('one', async ({ text }) => {
      calls++;
      if (calls <= times) throw new AppError('OPENAI_RATE_LIMITED', 'Busy.', { retriable: true, ...options });
      return text;
    });
  };

  it('is called again after a short wait', async () => {
    const { say, notes } = chainOf([busyFor(2, { retryAfterSeconds: 0 }), answers('two')]);
    expect(await say('Hi.')).toMatchObject({ provider: 'one' });
    expect(notes.filter((line) => line.startsWith('REFUSED'))).toHaveLength(2);
  });

  it('is followed by the next after three attempts', async () => {
    const { say } = chainOf([busyFor(3, { retryAfterSeconds: 0 }), answers('two')]);
    expect(await say('Hi.')).toMatchObject({ provider: 'two' });
  });

  it('for longer than ten seconds is followed by the next at once', async () => {
    const { say, notes } = chainOf([busyFor(1, { retryAfterSeconds: 11 }), answers('two')]);
    expect(await say('Hi.')).toMatchObject({ provider: 'two' });
    expect(notes.filter((line) => line.startsWith('send one'))).toHaveLength(1);
  });
});

describe('A provider that is not called now', () => {
  const resting = { admitted: false, because: 'RESTING', seconds: 40 } as const;
  const disabled = { admitted: false, because: 'DISABLED' } as const;

  it.each<[string, Admission, string[]]>([
    ['rests', resting, ['one → two']],
    // What an operator has decided is no news.
    ['is disabled', disabled, []],
  ])('because it %s is followed by the next', async (_, admission, said) => {
    const { say, notes, failovers } = chainOf([answers('one'), answers('two')], { held: { one: admission } });
    expect(await say('Hi.')).toMatchObject({ provider: 'two' });
    expect(notes[1]).toBe('send two two-1 10');
    expect(failovers).toEqual(said);
  });

  it('because it is disabled is not named among the failures of others', async () => {
    const { say } = chainOf([answers('one'), provider('two', fails('OPENAI_QUOTA_EXCEEDED'))], {
      held: { one: disabled },
    });
    await expect(say('Hi.')).rejects.toMatchObject({ code: 'OPENAI_QUOTA_EXCEEDED' });
  });

  it('and has no other after it fails the request with the seconds that it rests', async () => {
    await expect(chainOf([answers('one')], { held: { one: resting } }).say('Hi.')).rejects.toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
      retriable: true,
      retryAfterSeconds: 40,
    });
    await expect(chainOf([answers('one')], { held: { one: disabled } }).say('Hi.')).rejects.toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
      retriable: false,
    });
  });

  it('is asked nevertheless for the result of a task that it has started', async () => {
    const opened: OpenedGeneration = { ...OPEN, started: { attemptId: 'a9', provider: 'one', startedId: 'task-7' } };
    const { say } = chainOf([answers('one')], { opened, held: { one: resting } });
    expect(await say('Hi.')).toMatchObject({ provider: 'one' });
  });
});

describe('The health of providers', () => {
  it('follows from their calls', async () => {
    const { say, health } = chainOf([provider('one', fails('OPENAI_TIMEOUT')), answers('two')]);
    await say('Hi.');
    expect(health).toEqual(['one failed: OPENAI_TIMEOUT', 'two works']);
  });

  it('does not depend on built-in ones, after which there is no other', async () => {
    const { say, health } = chainOf([provider('one', async ({ text }) => text, { service: 'LOCAL' })]);
    await say('Hi.');
    expect(health).toEqual([]);
  });
});
