import { describe, expect, it } from 'vitest';
import { languageOf } from '../language.ts';
import { documentOf } from './document.ts';

const indented = (text: string, by = '    '): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '' : by + line))
    .join('\n');

async function codeOf(block: string, before = 'Write this:'): Promise<string[]> {
  const { blocks } = await documentOf(`${before}\n\n${block}\n\nThen rest.`, languageOf('en'));
  return blocks.filter(({ kind }) => kind === 'code').map(({ text }) => text.replaceAll(/^(?: {4}|\t)/gmu, ''));
}

describe('An indented block', () => {
  it.each([
    'npm install',
    '$ git clone https://example.org/a.git\n$ cd a',
    'def double(x):\n    return 2 * x\n\nprint(double(4))',
    'if (a < b) {\n  run();\n}',
    'const a = [1, 2];\nconsole.log(a);',
    'DATABASE_URL=postgres://localhost/app',
    'import os\nfrom sys import argv\nprint(argv[1])\nfor name in os.listdir("."):\n    print(name)',
    '#include <stdio.h>\nint main(void) {\n  return 0;\n}',
  ])('is code: %s', async (code) => {
    expect(await codeOf(indented(code))).toEqual([code]);
    expect(await codeOf(indented(code, '\t'))).toEqual([code]);
  });

  it.each([
    'The fog comes\non little cat feet.\n\nIt sits looking\nover harbor and city',
    'Roses are red;\nviolets are blue;\nsugar is sweet;\nand so are you.',
    'Let me not to the marriage of true minds\nAdmit impediments.',
    'Anna Weber\n12 Main Street\nSpringfield (USA)',
    'E = mc²',
    'a² + b² = c²',
    'For all who wait: patience.',
    'Return to me;\nif you can (you can);',
    '“I will go,” she said.',
    'make me a cup of tea',
    '12.30  Lunch\n14.00  Walk',
  ])('is text: %s', async (text) => {
    expect(await codeOf(indented(text))).toEqual([]);
  });

  it('is a part of a list below an item, and of a fence inside one', async () => {
    expect(await codeOf(indented('npm install'), '- Install it:')).toEqual([]);
    expect(await codeOf('```\na\n\n    npm install\n```')).toEqual(['a\n\nnpm install']);
  });
});
