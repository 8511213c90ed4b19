import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError, type ErrorCode } from '../errors.ts';
import { Chain } from './chain.ts';
import type { GenerationRequest, Ledger, OpenedGeneration } from './ledger.ts';
import { type CallContext, type ContentProvider, UnusableAnswer, type Usage } from './provider.ts';

interface Line {
  readonly text: string;
}
type Behaviour = (request: Line, context: CallContext) => Promise<string>;

const storedSchema = z.object({ size: z.number() });
const OPEN: OpenedGeneration = { state: 'OPEN', id: 'g1', lostBy: [] };
const fails =
  (code: ErrorCode, options: object = {}) =>
  () =>
    Promise.reject(new AppError(code, 'No.', options));

/** A provider that takes a ten-thousandth of a dollar for each character, and may reserve ten. */
function provider(name: string, behaviour: Behaviour, given: Partial<ContentProvider<Line, string>> = {}) {
  const made: ContentProvider<Line, string> = {
    name,
    service: 'OPENAI',
    models: [`${name}-1`],
    paid: true,
    priority: 0,
    concurrency: 4,
    unsuitable: () => undefined,
    mostUsage: () => ({ characters: 10 }),
    call: async (request, context) => ({
      content: await behaviour(request, context),
      model: `${name}-1`,
      usage: { characters: request.text.length },
    }),
    ...given,
  };
  return made;
}

/** A chain with a ledger that notes all events in order. */
function chainOf(
  providers: readonly ContentProvider<Line, string>[],
  { opened = OPEN, refusing }: { opened?: OpenedGeneration; refusing?: { at: keyof Ledger; code: ErrorCode } } = {},
) {
  const notes: string[] = [];
  const requests: GenerationRequest[] = [];
  let attempts = 0;
  const note = (at: keyof Ledger, line: string) => {
    notes.push(line);
    if (refusing?.at === at) throw new AppError(refusing.code, 'Refused.');
  };
  const ledger: Ledger = {
    open: async (request) => {
      requests.push(request);
      note('open', 'open');
      return opened;
    },
    send: async (attempt) => {
      note('send', `send ${attempt.provider} ${attempt.model} ${attempt.mostCost}`);
      return `a${++attempts}`;
    },
    started: async (id, startedId) => note('started', `started ${id} ${startedId}`),
    settle: async (id, { provider, cost, stored }) =>
      note('settle', `settle ${id} ${provider} ${cost} ${JSON.stringify(stored)}`),
    fail: async (id, { state, code, cost }) => note('fail', `${state} ${id} ${code} ${cost}`),
  };
  const costOf = (_provider: string, _model: string, { characters = 0 }: Usage) => characters;
  const describe = ({ text }: Line) => ({ stage: 'SPEECH', type: 'AUDIO', prompt: text, parameters: {} }) as const;
  const chain = new Chain(providers, { ledger, costOf }, describe);
  const say = (
    text: string,
    signal = new AbortController().signal,
    store?: (answer: string) => Promise<{ size: number }>,
  ) =>
    chain.call(
      { text },
      {
        sceneId: 'one',
        signal,
        storedSchema,
        store: store ?? (async (answer) => ({ size: answer.length })),
      },
    );
  return { say, notes, requests };
}

const answers = (name: string) => provider(name, async ({ text }) => text);

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

describe('A failure', () => {
  it.each<[ErrorCode, string]>([
    ['OPENAI_INVALID_API_KEY', 'REFUSED a1 OPENAI_INVALID_API_KEY 0'],
    ['OPENAI_QUOTA_EXCEEDED', 'REFUSED a1 OPENAI_QUOTA_EXCEEDED 0'],
    ['OPENAI_API_ERROR', 'REFUSED a1 OPENAI_API_ERROR 0'],
    ['UNKNOWN_VOICE', 'REFUSED a1 UNKNOWN_VOICE 0'],
    // Something may have been made, and may cost the most that was reserved.
    ['OPENAI_TIMEOUT', 'UNCERTAIN a1 OPENAI_TIMEOUT 10'],
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

  it('that was billed costs what was used', async () => {
    const cause = new UnusableAnswer('one-1', { characters: 4 }, 'no script');
    const { say, notes } = chainOf([provider('one', fails('OPENAI_API_ERROR', { cause })), answers('two')]);
    await say('Hi.');
    expect(notes[2]).toBe('REFUSED a1 OPENAI_API_ERROR 4');
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
