import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pageOfError } from '../../src/cli/error-pages.ts';

const source = readFileSync('src/errors.ts', 'utf8');

/** The texts of a union in errors.ts. */
function namesOf(type: string): string[] {
  const union = source.split(`export type ${type} =`)[1]?.split(';')[0] ?? '';
  return Array.from(union.matchAll(/'([A-Z_]+)'/g), ([, name = '']) => name);
}

const CODES = [...namesOf('ErrorCode'), ...namesOf('ProviderFailure').map((kind) => `OPENAI_${kind}`)];

it('The codes of the program are found', () => {
  expect(CODES).toEqual(expect.arrayContaining(['UNKNOWN_VOICE', 'INTERNAL_ERROR', 'OPENAI_CONTENT_REJECTED']));
  expect(CODES.length).toBeGreaterThan(35);
});

it('A code of another version has no page', () => {
  expect(pageOfError('SOMETHING_ELSE')).toBeUndefined();
});

describe.each(CODES)('The error %s', (code) => {
  const [path = '', anchor] = pageOfError(code)?.split('#') ?? [];
  const name = code.replace('OPENAI_', '');

  it.each(['docs/operations/', 'docs/operations/zh-TW/'])('has a page in %s that names it', (folder) => {
    const page = readFileSync(path.replace('docs/operations/', folder), 'utf8');
    if (anchor !== undefined) expect(page).toMatch(new RegExp(`^### ${anchor}$|<a id="${anchor}">`, 'm'));
    const index = readFileSync(`${folder}error-codes.md`, 'utf8') + readFileSync(`${folder}README.md`, 'utf8');
    const shown = code === name ? name : `<SERVICE>_${name}`;
    expect(index).toContain(`\`${shown}\``);
  });
});
