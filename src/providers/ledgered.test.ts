import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError, type ErrorCode } from '../errors.ts';
import type { Ledger, LedgerRequest } from './ledger.ts';
import { withLedger } from './ledgered.ts';
import type { Providers, Speech } from './ports.ts';

const SPEECH: Speech = { wav: Buffer.from('hi'), sampleRate: 8_000, durationSeconds: 1, timings: [] };
const storedSchema = z.object({ size: z.number() });

/** A ledger that logs all events in order; `speak` replaces the provider. */
function ledgerFixture({
  speak = async () => SPEECH,
  earlier = null,
  failing,
}: {
  speak?: () => Promise<Speech>;
  earlier?: object | null;
  failing?: keyof Ledger;
} = {}) {
  const notes: string[] = [];
  const entries: LedgerRequest[] = [];
  const note = (what: keyof Ledger, rest = '') => {
    notes.push(`${what}${rest}`);
    if (what === failing) throw new AppError('LEASE_LOST', 'Gone.');
  };
  const ledger: Ledger = {
    intend: async (entry) => {
      entries.push(entry);
      note('intend');
      return earlier;
    },
    send: async () => note('send'),
    settle: async (_entry, result) => note('settle', ` ${JSON.stringify(result)}`),
    refuse: async (_entry, code) => note('refuse', ` ${code}`),
    lose: async (_entry, code) => note('lose', ` ${code}`),
  };
  const unused = () => Promise.reject(new Error('not in this test'));
  const facts = { name: 'speaker', models: ['s1'], paid: true };
  const providers: Providers = {
    text: { ...facts, writesTopics: true, writeScript: unused },
    image: { ...facts, draw: unused },
    analysis: { ...facts, analyse: unused },
    speech: {
      ...facts,
      voices: () => [],
      speak: async () => {
        notes.push('ask');
        return await speak();
      },
    },
  };
  const say = (text: string, signal = new AbortController().signal) =>
    withLedger(providers, ledger).speech.speak(
      { text, language: 'en', speed: 1 },
      {
        sceneId: 'one',
        signal,
        storedSchema,
        store: async ({ wav }) => {
          notes.push('keep');
          return { size: wav.byteLength };
        },
      },
    );
  return { say, notes, entries };
}

describe('A provider call', () => {
  it('is recorded before the request is sent, and settled once the answer is stored', async () => {
    const { say, notes } = ledgerFixture();
    expect(await say('Hi.')).toEqual({ size: 2 });
    expect(notes).toEqual(['intend', 'send', 'ask', 'keep', 'settle {"size":2}']);
  });

  it('is not made if the answer is already stored', async () => {
    const { say, notes } = ledgerFixture({ earlier: { size: 7 } });
    expect(await say('Hi.')).toEqual({ size: 7 });
    expect(notes).toEqual(['intend']);
  });

  it.each(['intend', 'send'] as const)('is not made if the ledger refuses (%s)', async (failing) => {
    const { say, notes } = ledgerFixture({ failing });
    await expect(say('Hi.')).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(notes).not.toContain('ask');
  });

  it('is not made for a run that is canceled', async () => {
    const { say, notes } = ledgerFixture();
    await expect(say('Hi.', AbortSignal.abort(new AppError('CANCELED', 'Stop.')))).rejects.toMatchObject({
      code: 'CANCELED',
    });
    expect(notes).toEqual(['intend']);
  });

  it.each<[ErrorCode, string]>([
    ['LOCAL_API_ERROR', 'refuse'],
    ['LOCAL_CONTENT_REJECTED', 'refuse'],
    ['UNKNOWN_VOICE', 'refuse'],
    ['PROVIDER_UNAVAILABLE', 'refuse'],
    ['LOCAL_TIMEOUT', 'lose'],
    ['CANCELED', 'lose'],
  ])('that ends with %s is recorded: %s', async (code, word) => {
    const { say, notes } = ledgerFixture({ speak: () => Promise.reject(new AppError(code, 'No.')) });
    await expect(say('Hi.')).rejects.toMatchObject({ code });
    expect(notes.slice(2)).toEqual(['ask', `${word} ${code}`]);
  });

  it('whose answer cannot be stored counts as lost', async () => {
    const { say, notes } = ledgerFixture({ speak: async () => Object.assign({}, SPEECH, { wav: null }) });
    await expect(say('Hi.')).rejects.toThrow();
    expect(notes.slice(2)).toEqual(['ask', 'keep', 'lose INTERNAL_ERROR']);
  });

  it('that failed throws its own error, even if it can no longer be recorded', async () => {
    const speak = () => Promise.reject(new AppError('LOCAL_TIMEOUT', 'Too late.'));
    const { say } = ledgerFixture({ speak, failing: 'lose' });
    await expect(say('Hi.')).rejects.toMatchObject({ code: 'LOCAL_TIMEOUT' });
  });

  it('has one entry for each scene and request', async () => {
    const { say, entries } = ledgerFixture();
    for (const text of ['Hi.', 'Hi.', 'Ho.']) await say(text);
    const [first, again, other] = entries;
    expect(first).toEqual(again);
    expect(other?.inputHash).not.toBe(first?.inputHash);
    expect(first).toMatchObject({ stage: 'SPEECH', sceneId: 'one', provider: 'speaker', paid: true });
  });
});
