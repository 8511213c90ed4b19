import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { findRetired } from '../../scripts/words/find-retired.ts';
import { RETIRED_IDENTIFIERS } from '../../scripts/words/retired-identifiers.ts';
import { RETIRED_PHRASES } from '../../scripts/words/retired-phrases.ts';

const RETIRED = { identifiers: { Doorbell: 'JobNotifier' }, phrases: ['nobody', 'is told'] };
const found = (text: string) => findRetired('src/a.ts', text, RETIRED);

describe('the check of words', () => {
  it('finds a retired identifier in code and in comments, and names its successor', () => {
    const sentence = 'Doorbell is now called JobNotifier.';
    expect(found('const a = new Doorbell();\n// A Doorbell.')).toEqual([
      `src/a.ts:1 ${sentence}`,
      `src/a.ts:2 ${sentence}`,
    ]);
  });

  it('finds no part of a word, and no word in another case', () => {
    expect(found('DoorbellOptions doorbell #doorbells constructor toString')).toEqual([]);
  });

  it('finds a retired phrase in either case, also across the lines of a comment', () => {
    expect(found(' * Nobody knows.\n *  The server is\n *  told later.')).toEqual([
      expect.stringMatching(/^src\/a\.ts:1 “nobody” /),
      expect.stringMatching(/^src\/a\.ts:2 “is told” /),
    ]);
  });

  it('allows the Linux account, which is quoted, and words of two sentences', () => {
    expect(found('PostgreSQL runs as `nobody`. That is. Told so; is, told.')).toEqual([]);
  });

  it('has no identifier that is another one’s successor, and phrases in lower case with single spaces', () => {
    const successors = new Set(Object.values(RETIRED_IDENTIFIERS));
    expect(Object.keys(RETIRED_IDENTIFIERS).filter((name) => successors.has(name))).toEqual([]);
    for (const phrase of RETIRED_PHRASES) expect(phrase).toBe(phrase.toLowerCase().split(/\s+/).join(' '));
  });

  it('finds no retired identifier in this project', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/check-words.ts'], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^\d{3,} files use no retired word\.\n$/);
    expect(status).toBe(0);
  });
});
