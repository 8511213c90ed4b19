import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';

let dataDir: string;
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'config-'));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const load = (settings: Record<string, string> = {}) => loadConfig({ DATA_DIR: dataDir, ...settings });

function problemOf(settings: Record<string, string>): string {
  try {
    load(settings);
    return '';
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

describe('CORS_ORIGINS', () => {
  it('accepts origins as browsers send them, or * alone', () => {
    expect(load().corsOrigins).toEqual([]);
    expect(load({ CORS_ORIGINS: '*' }).corsOrigins).toEqual(['*']);
    const text = 'https://app.example.org, http://localhost:5173,http://[::1]:3000,capacitor://localhost';
    expect(load({ CORS_ORIGINS: text }).corsOrigins).toEqual(text.split(',').map((origin) => origin.trim()));
  });

  it.each([
    'app.example.org',
    'https://app.example.org/',
    'https://app.example.org/path',
    'https://App.example.org',
    'https://app.example.org:443',
    'https://user@app.example.org',
    'https://*.example.org',
    '*,https://app.example.org',
    'null',
    'https://a.example,,https://b.example',
    'data:text/html,x',
  ])('refuses %s, which no browser sends, with what to write', (text) => {
    expect(problemOf({ CORS_ORIGINS: text })).toBe(
      'The setting CORS_ORIGINS is wrong: must be origins such as https://app.example.org, separated by commas and without a path, or * for all. See .env.example.',
    );
  });
});

describe('PERSISTED_DOCUMENTS', () => {
  it('runs only listed documents where there is a list', () => {
    const file = { PERSISTED_DOCUMENTS_FILE: 'data/cli-documents.json' };
    expect(load(file)).toMatchObject({ persistedDocuments: 'automatic' });
    expect(load({ ...file, PERSISTED_DOCUMENTS: 'only' })).toMatchObject({
      persistedDocuments: 'only',
      persistedDocumentsFile: join(process.cwd(), 'data', 'cli-documents.json'),
    });
    expect(problemOf({ PERSISTED_DOCUMENTS: 'only' })).toBe(
      'The setting PERSISTED_DOCUMENTS is wrong: "only" needs PERSISTED_DOCUMENTS_FILE. See .env.example.',
    );
  });
});
