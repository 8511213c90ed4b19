import { describe, expect, it } from 'vitest';
import { hashOf, PersistedDocuments } from './persisted-documents.ts';

const named = (text: string, query?: string) => ({
  ...(query !== undefined && { query }),
  extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(text) } },
});
const store = (documents: PersistedDocuments, text: string) => documents.store(named(text, text));

describe('Documents that clients store', () => {
  it('are at most 1,000; the one that was not used for the longest time is dropped', () => {
    const documents = new PersistedDocuments();
    for (let number = 0; number < 1_000; number++) store(documents, `{ a${number} }`);
    expect(documents.textOf(named('{ a0 }'))).toBe('{ a0 }');
    store(documents, '{ one more }');
    expect(documents.textOf(named('{ a0 }'))).toBe('{ a0 }');
    expect(documents.textOf(named('{ a1 }'))).toMatchObject({ message: 'PersistedQueryNotFound' });
    expect(documents.textOf(named('{ a2 }'))).toBe('{ a2 }');
  });

  it('have at most 65,536 characters each, and 4,000,000 together', () => {
    const documents = new PersistedDocuments();
    const long = (number: number) => `{ a } # ${number} ${'x'.repeat(65_536)}`.slice(0, 65_536);
    for (let number = 0; number < 70; number++) store(documents, long(number));
    const found = Array.from({ length: 70 }, (_, number) => documents.find(hashOf(long(number)))).filter(Boolean);
    expect(found).toHaveLength(Math.floor(4_000_000 / 65_536));
    store(documents, `${long(1)}x`);
    expect(documents.find(hashOf(`${long(1)}x`))).toBeUndefined();
    expect(documents.find(hashOf(long(69)))).toBe(long(69));
  });

  it('are stored once, however often they are sent', () => {
    const documents = new PersistedDocuments();
    const text = `{ a } # ${'x'.repeat(60_000)}`;
    for (let times = 0; times < 200; times++) store(documents, text);
    store(documents, '{ b }');
    expect(documents.find(hashOf(text))).toBe(text);
  });

  it('never replace a listed document', () => {
    const documents = new PersistedDocuments({ listed: new Map([[hashOf('{ a }'), '{ a }']]) });
    for (let number = 0; number < 1_100; number++) store(documents, `{ a${number} }`);
    expect(documents.textOf(named('{ a }'))).toBe('{ a }');
  });
});
