import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listedDocuments } from './listed-documents.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'documents-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The path of a file with this content. */
function file(content: string): string {
  const path = join(folder, 'documents.json');
  writeFileSync(path, content);
  return path;
}

/** As long as an MD5. */
const HASH = '5df1d7e0f1a4a1ed6aeae5c0a4a9d1d6';

describe('The list of documents', () => {
  it('is empty without a file', () => {
    expect(listedDocuments(undefined).size).toBe(0);
  });

  it('is read with each document by its SHA-256', () => {
    const listed = listedDocuments('data/cli-documents.json');
    expect(listed.size).toBeGreaterThan(5);
    expect([...listed.values()].some((text) => text.startsWith('mutation Login('))).toBe(true);
  });

  it.each([
    ['no JSON', '{', 'it must hold an object of documents by their SHA-256'],
    ['a list', '["{ health }"]', 'it must hold an object of documents by their SHA-256'],
    ['documents that are no texts', '{"a": 1}', 'it must hold an object of documents by their SHA-256'],
    ['another hash than SHA-256', `{"${HASH}": "{ health }"}`, `"${HASH}" is not the SHA-256 of its document`],
  ])('is refused with %s, and the message says what is wrong', (_what, content, problem) => {
    expect(() => listedDocuments(file(content))).toThrow(problem);
  });

  it('is refused where there is no such file', () => {
    expect(() => listedDocuments(join(folder, 'missing.json'))).toThrow(
      /^The setting PERSISTED_DOCUMENTS_FILE is wrong: .*missing\.json cannot be used/,
    );
  });
});
