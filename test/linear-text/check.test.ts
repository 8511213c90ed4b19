import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkPattern } from '../../scripts/linear-text/check-pattern.ts';
import { collect } from '../../scripts/linear-text/collect.ts';
import { findings } from '../../scripts/linear-text/findings.ts';

const NONE = { unknownPatterns: [], builtPatterns: [], normalizations: [] };

// recheck's native program would run until this process ends, and other tests look for children that are left.
beforeAll(() => vi.stubEnv('RECHECK_BACKEND', 'pure'));
afterAll(() => vi.unstubAllEnvs());

async function findingsIn(source: string, exceptions: Parameters<typeof findings>[2] = NONE): Promise<string[]> {
  const { literals, uses } = collect('src/a.ts', source);
  return await findings(literals, uses, exceptions, checkPattern);
}

describe('The check of regular expressions', () => {
  it.each([
    ['quadratic', 'text.replace(/\\s+$/u, "")'],
    ['quadratic in a global search', 'text.match(/a+b/gu)'],
    ['quadratic at a split', 'text.split(/\\s*,/u)'],
    ['cubic', 'const cites = /[(][^)]*\\d{4}[^)]*[)]/u;'],
    ['exponential', 'const word = /^(a+)+$/;'],
    ['quadratic by a look-behind', 'text.split(/(?<=[.!][)"]*)(?![.!)"])/u)'],
  ])('finds a pattern that is %s', async (_, source) => {
    const [finding] = await findingsIn(`\n${source}`);
    expect(finding).toMatch(/^src\/a\.ts:2 \/.* is not linear \(.*(?:polynomial|exponential).*; attack: /su);
  });

  it.each([
    'new RegExp(text)',
    'RegExp("a")',
    'new globalThis.RegExp(text, "g")',
    'text.match("a+b")',
    'text.search(`a+`)',
  ])('finds the pattern that %s builds at run time', async (source) => {
    expect(await findingsIn(source)).toEqual([expect.stringContaining('is a pattern built at run time')]);
  });

  it('finds a normalization that does not split long runs of marks', async () => {
    expect(await findingsIn('text?.normalize("NFC")')).toEqual([expect.stringContaining('calls normalize')]);
  });

  it('accepts linear patterns and other calls', async () => {
    const source = `
      text.replace(/[ab]+/gu, '').split(/,/u).includes('a+b');
      /^\\s*(?:\\d{1,3}[.)])?/u.test(text);
      normalized(text, 'NFC');
      type Pattern = RegExp;
      pattern instanceof RegExp;
    `;
    expect(await findingsIn(source)).toEqual([]);
  });

  it('accepts an exception with a reason, and reports an unused one', async () => {
    const exception = { file: 'src/a.ts', text: 'new RegExp(text)', reason: 'a test' };
    const exceptions = { ...NONE, builtPatterns: [exception] };
    expect(await findingsIn('new RegExp(text)', exceptions)).toEqual([]);
    expect(await findingsIn('', exceptions)).toEqual([expect.stringContaining('is not needed')]);
  });

  it('fails for a pattern that cannot be decided unless it is listed', async () => {
    const source = 'const emoji = /\\p{RGI_Emoji}+/v;';
    expect(await findingsIn(source)).toEqual([expect.stringContaining('cannot be decided')]);
    const exception = { file: 'src/a.ts', text: '/\\p{RGI_Emoji}+/v', reason: 'a test' };
    expect(await findingsIn(source, { ...NONE, unknownPatterns: [exception] })).toEqual([]);
  });
});
