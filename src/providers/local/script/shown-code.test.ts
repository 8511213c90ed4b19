import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../../drawing/columns.ts';
import { shownCode } from './shown-code.ts';

const numbered = (count: number): string => Array.from({ length: count }, (_, i) => `line(${i + 1});`).join('\n');

describe('Code on a card', () => {
  it.each([
    ['stays as it is', 'if (a != b) {\n  run();\n}', 'if (a != b) {\n  run();\n}'],
    ['has two spaces in place of a tab', 'a\n\tb\n\t\tc', 'a\n  b\n    c'],
    ['loses its common indentation', '    def f(x):\n        return x', 'def f(x):\n    return x'],
    ['loses the empty lines around it and the spaces at the ends of lines', '\n \n  a  \n\n  b\n\n', 'a\n\nb'],
    ['keeps a first line that is indented further', '    b\n  c', '  b\nc'],
    ['has twelve lines', numbered(12), numbered(12)],
    ['has eleven lines and a line with "…" if it is longer', numbered(13), `${numbered(11)}\n…`],
    ['has no empty line before that', `${numbered(10)}\n\n${numbered(5)}`, `${numbered(10)}\n…`],
    ['has 54 columns', 'x'.repeat(54), 'x'.repeat(54)],
    ['is cut at the last column', 'x'.repeat(55), `${'x'.repeat(53)}…`],
    ['counts a Chinese character as two columns', '中'.repeat(28), `${'中'.repeat(26)}…`],
    ['is nothing if there is nothing to see', ' \n\t\n', ''],
  ])('%s', (_, code, shown) => {
    expect(shownCode(code)).toBe(shown);
    expect(shownCode(shown)).toBe(shown);
  });

  it('is of a bounded size, whatever its length', () => {
    for (const code of ['x'.repeat(300_000), '\n'.repeat(300_000), '\t'.repeat(300_000), 'é\n'.repeat(150_000)]) {
      const lines = shownCode(code).split('\n');
      expect(lines.length).toBeLessThanOrEqual(12);
      expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(54);
    }
  });
});
