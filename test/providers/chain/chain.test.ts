import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../../../src/errors.ts';
import type { Ledger, OpenedGeneration } from '../../../src/providers/ledger.ts';
import { answers, chainOf, fails, type Line, OPEN, provider, storedSchema } from './chain-fixture.ts';

describe('A request to a chain', () => {
  it('is recorded before it is sent, and settled with its cost once the answer is stored', async () => {
    const { say, notes } = chainOf([answers('one'), answers('two')]);
    expect(await say('Hi.')).toEqual({ stored: { size: 3 }, provider: 'one' });
    expect(notes).toEqual(['open', 'send one one-1 10', 'settle a1 one 3 {"size":3}']);
  });

  it('is not sent where its answer is stored', async () => {
    const { say, notes } = chainOf([answers('one')], {
      opened: { state: 'STORED', stored: { size: 7 }, provider: 'two' },
    });
    expect(await say('Hi.')).toEqual({ stored: { size: 7 }, provider: 'two' });
    expect(notes).toEqual(['open']);
  });

  it.each<[keyof Ledger, ErrorCode]>([
    ['open', 'LEASE_LOST'],
    ['open', 'ANSWER_LOST'],
    ['send', 'BUDGET_EXCEEDED'],
    ['send', 'LEASE_LOST'],
  ])('reaches no provider where the ledger refuses at %s with %s', async (at, code) => {
    let calls = 0;
    const counting = () => provider('any', async () => String(++calls));
    const { say } = chainOf([counting(), counting()], { refusing: { at, code } });
    await expect(say('Hi.')).rejects.toMatchObject({ code });
    expect(calls).toBe(0);
  });

  it('is the same generation for the same scene and text', async () => {
    const { say, requests } = chainOf([answers('one')]);
    for (const text of ['Hi.', 'Hi.', 'Ho.']) await say(text);
    const [first, again, other] = requests;
    expect(first).toEqual(again);
    expect(other?.inputHash).not.toBe(first?.inputHash);
    expect(first).toMatchObject({ stage: 'SPEECH', sceneId: 'one', prompt: 'Hi.' });
  });
});

describe('The order of a chain', () => {
  const unsuitable = () => new AppError('UNSUPPORTED_LANGUAGE', 'No such language.');

  it('leaves out providers that cannot serve the request', async () => {
    const { say, notes } = chainOf([provider('one', fails('OPENAI_API_ERROR'), { unsuitable }), answers('two')]);
    expect(await say('Hi.')).toMatchObject({ provider: 'two' });
    expect(notes).not.toContain('send one one-1 10');
  });

  it('without a suitable provider fails with its reason', async () => {
    const { say } = chainOf([provider('one', fails('OPENAI_API_ERROR'), { unsuitable })]);
    await expect(say('Hi.')).rejects.toMatchObject({ code: 'UNSUPPORTED_LANGUAGE' });
    await expect(chainOf([]).say('Hi.')).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
  });

  it('leaves out a provider whose answer was lost, and fails where there is no other', async () => {
    const opened: OpenedGeneration = { state: 'OPEN', id: 'g1', lostBy: ['one'] };
    expect(await chainOf([answers('one'), answers('two')], { opened }).say('Hi.')).toMatchObject({ provider: 'two' });
    await expect(chainOf([answers('one')], { opened }).say('Hi.')).rejects.toMatchObject({ code: 'ANSWER_LOST' });
  });

  it('begins with the task that an interrupted call has started, and starts no other', async () => {
    const started = { attemptId: 'a9', provider: 'two', startedId: 'task-7' };
    const seen: (string | undefined)[] = [];
    const polled = provider('two', async ({ text }, { startedId }) => {
      seen.push(startedId);
      return text;
    });
    const { say, notes } = chainOf([answers('one'), polled], { opened: { ...OPEN, started } });
    expect(await say('Hi.')).toMatchObject({ provider: 'two' });
    expect(seen).toEqual(['task-7']);
    expect(notes).toEqual(['open', 'settle a9 two 3 {"size":3}']);
  });

  it('calls the provider anew where its service no longer knows that task', async () => {
    const started = { attemptId: 'a9', provider: 'two', startedId: 'task-7' };
    const seen: (string | undefined)[] = [];
    const polled = provider('two', async ({ text }, { startedId }) => {
      seen.push(startedId);
      if (startedId !== undefined) throw new AppError('REPLICATE_API_ERROR', 'No such prediction.');
      return text;
    });
    const { say, notes } = chainOf([answers('one'), polled], { opened: { ...OPEN, started } });
    expect(await say('Hi.')).toMatchObject({ provider: 'two' });
    expect(seen).toEqual(['task-7', undefined]);
    expect(notes).toEqual([
      'open',
      'REFUSED a9 REPLICATE_API_ERROR 0',
      'send two two-1 10',
      'settle a1 two 3 {"size":3}',
    ]);
  });

  it('stores the id of a task as soon as it is started', async () => {
    const polled = provider('one', async ({ text }, { onStarted }) => {
      await onStarted('task-7');
      return text;
    });
    const { say, notes } = chainOf([polled]);
    await say('Hi.');
    expect(notes).toEqual(['open', 'send one one-1 10', 'started a1 task-7', 'settle a1 one 3 {"size":3}']);
  });
});

describe('A run that is canceled', () => {
  it('before the request sends nothing', async () => {
    const { say, notes } = chainOf([answers('one')]);
    await expect(say('Hi.', AbortSignal.abort(new AppError('CANCELED', 'Stop.')))).rejects.toMatchObject({
      code: 'CANCELED',
    });
    expect(notes).toEqual(['open']);
  });

  it('during the request calls no other provider, and the answer counts as lost', async () => {
    const stop = new AbortController();
    const canceled = provider('one', async () => {
      stop.abort(new AppError('CANCELED', 'Stop.'));
      throw stop.signal.reason;
    });
    const { say, notes } = chainOf([canceled, answers('two')]);
    await expect(say('Hi.', stop.signal)).rejects.toMatchObject({ code: 'CANCELED' });
    expect(notes.slice(2)).toEqual(['UNCERTAIN a1 CANCELED 10']);
  });

  it('while it waits for a busy provider ends at once', async () => {
    const stop = new AbortController();
    const busy = provider('one', async () => {
      setTimeout(() => stop.abort(new AppError('CANCELED', 'Stop.')), 20);
      throw new AppError('OPENAI_RATE_LIMITED', 'Busy.', { retriable: true, retryAfterSeconds: 9 });
    });
    await expect(chainOf([busy]).say('Hi.', stop.signal)).rejects.toMatchObject({ code: 'CANCELED' });
  });
});

describe('Content that one provider has to make as a whole', () => {
  it('is offered to each provider that can serve all of it, alone', async () => {
    const unsuitable = ({ text }: Line) =>
      text === 'Ho.' ? new AppError('UNSUPPORTED_LANGUAGE', 'No such language.') : undefined;
    const { chain } = chainOf([answers('one'), provider('two', async () => '', { unsuitable }), answers('three')]);
    const namesFor = async (...texts: string[]) =>
      (await chain.alone(texts.map((text) => ({ text })))).map(({ first }) => first);
    expect(await namesFor('Hi.', 'Ho.')).toEqual(['one', 'three']);
    expect(await namesFor('Hi.')).toEqual(['one', 'two', 'three']);
  });

  it('and that no provider can make has the reason of the first', async () => {
    const unsuitable = () => new AppError('UNKNOWN_VOICE', 'No such voice.');
    const { chain } = chainOf([provider('one', async () => '', { unsuitable })]);
    await expect(chain.alone([{ text: 'Hi.' }])).rejects.toThrow('No such voice.');
  });

  it('is not offered to one that is disabled', async () => {
    const held = { one: { admitted: false, because: 'DISABLED' } } as const;
    const { chain } = chainOf([answers('one'), answers('two')], { held });
    expect((await chain.alone([{ text: 'Hi.' }])).map(({ first }) => first)).toEqual(['two']);
    await expect(chainOf([answers('one')], { held }).chain.alone([{ text: 'Hi.' }])).rejects.toThrow('is disabled');
  });

  it('is not shared between them', async () => {
    const { chain, requests } = chainOf([answers('one'), answers('two')]);
    const signal = new AbortController().signal;
    for (const alone of await chain.alone([{ text: 'Hi.' }]))
      await alone.call({ text: 'Hi.' }, { signal, storedSchema, store: async ({ length }) => ({ size: length }) });
    expect(requests[0]?.inputHash).not.toBe(requests[1]?.inputHash);
  });
});
