import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** A check that a text lacks a run of at most seven digits or hexadecimal letters. */
const SHORT_ABSENCE = /not\.to(?:Contain|Match)\(\s*['"`/]([\da-f]{1,7})['"`/|]/gi;

/**
 * Ids, hashes, ciphertexts and times contain any such run by chance: a test that forbids one fails once in some
 * hundred runs. A secret that a test looks for has at least eight characters, or letters that cannot occur there.
 */
const shortAbsencesIn = (source: string): readonly string[] =>
  [...source.matchAll(SHORT_ABSENCE)].flatMap(([, run = '']) => (/^[a-f]+$/i.test(run) ? [] : [run]));

describe('a text that a test forbids', () => {
  it('is too long to occur by chance in an id or a ciphertext', () => {
    const files = [...globSync('src/**/*.test.ts'), ...globSync('test/**/*.ts')];
    expect(files.length).toBeGreaterThan(500);
    const found = files.flatMap((file) => shortAbsencesIn(readFileSync(file, 'utf8')).map((run) => `${file}: ${run}`));
    expect(found).toEqual([]);
  });

  it.each([
    [['expect(text).not', "toContain('912')"], ['912']],
    [['expect(text).not', 'toMatch(/12ab|other/)'], ['12ab']],
    [['expect(text).not', "toContain('912345678')"], []],
    [['expect(text).not', "toContain('not-for-clients')"], []],
    [['expect(text)', "toContain('912')"], []],
  ])('is found in %j', (parts, found) => {
    expect(shortAbsencesIn(parts.join('.'))).toEqual(found);
  });
});
