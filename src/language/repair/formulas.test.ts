import { describe, expect, it } from 'vitest';
import { withPlainFormulas } from './formulas.ts';

describe('A formula of TeX is as it is printed', () => {
  it.each([
    ['The area is $x^2$.', 'The area is x².'],
    ['Add \\frac{1}{2} of it.', 'Add 1/2 of it.'],
    ['$\\frac{a}{b+1}$', 'a⁄(b+1)'],
    ['$$e^{i\\pi} + 1 = 0$$', 'e^iπ + 1 = 0'],
    ['\\(a_1 \\leq b\\) and \\[E = mc^2\\]', 'a₁ ≤ b and E = mc²'],
    ['$\\text{H}_2\\text{O}$ boils at $100^\\circ$', 'H₂O boils at 100°'],
    ['$10^{-3}$ m', '10⁻³ m'],
    ['$\\sqrt{2}$, $\\sqrt{x+1}$', '√2, √(x+1)'],
    ['$n$ bees', 'n bees'],
    ['$\\sin(x) \\neq 0$', 'sin (x) ≠ 0'],
    ['an angle \\alpha', 'an angle α'],
    [`$${'{'.repeat(90)}x^2$`, ''],
  ])('%s', (text, printed) => expect(withPlainFormulas(text)).toBe(printed));

  it.each([
    'It costs $5 and $10 more.',
    'From $5 to 10$ a day',
    '$PATH and $HOME',
    'US$ 5, A$5 = 3 US$',
    'C:\\new\\alphabet\\file',
    'He paid $20-$30, or $40.',
    '$5\\$',
    '\\( no end',
    '$A$AP Rocky',
  ])('but not %s', (text) => expect(withPlainFormulas(text)).toBe(text));
});
