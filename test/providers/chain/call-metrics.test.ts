import { describe, expect, it } from 'vitest';
import { ProviderCalls } from '../../../src/providers/provider-calls.ts';
import { answers, chainOf, fails, provider } from './chain-fixture.ts';

describe('Each attempt at a provider is counted once, when it ends', () => {
  it('as a success where its answer is stored', async () => {
    const { say, calls } = chainOf([answers('one')]);
    await say('Hi.');
    expect(calls).toEqual(['one one-1 audio success']);
  });

  it('by the kind of the refusal, and so are the attempts and the provider after it', async () => {
    const refusing = provider('one', fails('OPENAI_RATE_LIMITED', { retriable: true, retryAfterSeconds: 0 }));
    const { say, calls } = chainOf([refusing, answers('two')]);
    await say('Hi.');
    expect(calls).toEqual([
      'one one-1 audio rate_limited',
      'one one-1 audio rate_limited',
      'one one-1 audio rate_limited',
      'two two-1 audio success',
    ]);
  });

  it.each([
    ['OPENAI_INVALID_API_KEY', 'invalid_api_key'],
    ['OPENAI_QUOTA_EXCEEDED', 'quota_exceeded'],
    ['OPENAI_CONTENT_REJECTED', 'content_rejected'],
    ['OPENAI_API_ERROR', 'api_error'],
    ['OPENAI_TIMEOUT', 'timeout'],
    ['INTERNAL_ERROR', 'lost'],
  ] as const)('where the error is %s: as %s', async (code, status) => {
    const { say, calls } = chainOf([provider('one', fails(code))]);
    await say('Hi.').catch(() => undefined);
    expect(calls).toEqual([`one one-1 audio ${status}`]);
  });

  it('as lost where its answer could not be stored', async () => {
    const { say, calls } = chainOf([answers('one')]);
    await say('Hi.', undefined, fails('STORAGE_ERROR')).catch(() => undefined);
    expect(calls).toEqual(['one one-1 audio lost']);
  });

  it('as aborted where the caller has ended it', async () => {
    const ending = new AbortController();
    const slow = provider('one', async (_request, { signal }) => {
      ending.abort();
      signal.throwIfAborted();
      return '';
    });
    const { say, calls } = chainOf([slow]);
    await say('Hi.', ending.signal).catch(() => undefined);
    expect(calls).toEqual(['one one-1 audio aborted']);
  });

  it('not at all where nothing was sent', async () => {
    const { say, calls } = chainOf([answers('one')], { refusing: { at: 'send', code: 'BUDGET_EXCEEDED' } });
    await say('Hi.').catch(() => undefined);
    expect(calls).toEqual([]);
  });

  it.each([
    ['one-1', 'one-1'],
    ['made-up', 'other'],
  ])('with the model %s of a request as %s: only those of the provider become labels', async (model, label) => {
    const models: string[] = [];
    const ledger = {
      send: async () => 'a1',
      started: async () => undefined,
      settle: async () => undefined,
      fail: async () => undefined,
    };
    const metrics = { callEnded: (call: { readonly model: string }) => void models.push(call.model) };
    const request = { text: 'Hi.', model };
    await new ProviderCalls<typeof request, string>({ ledger, metrics, costOf: () => 0 }).callOnce(
      answers('one'),
      request,
      {
        generationId: 'g1',
        facts: { type: 'TEXT' },
        started: undefined,
        signal: new AbortController().signal,
        store: async () => ({}),
      },
    );
    expect(models).toEqual([label]);
  });
});
