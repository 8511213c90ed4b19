import { describe, expect, it } from 'vitest';
import { passwordProblem } from './password-rules.ts';

const NAMES = ['margarethe', 'margarethe@example.org'];
const letters = (count: number) => 'abcde'.repeat(count).slice(0, count);

describe('passwordProblem', () => {
  it('accepts 10 and 200 characters, refuses 9 and 201', () => {
    expect(passwordProblem(letters(10), NAMES)).toBeNull();
    expect(passwordProblem(letters(200), NAMES)).toBeNull();
    expect(passwordProblem(letters(9), NAMES)?.code).toBe('TOO_SHORT');
    expect(passwordProblem(letters(201), NAMES)?.code).toBe('TOO_LONG');
  });

  it('counts an emoji as one character', () => {
    expect(passwordProblem('🌊🌋🌌🌍🌎🌏🌐🌑🌒', NAMES)?.code).toBe('TOO_SHORT');
    expect(passwordProblem('🌊🌋🌌🌍🌎🌏🌐🌑🌒🌓', NAMES)).toBeNull();
  });

  it('refuses the user name and the e-mail address in any letter case', () => {
    expect(passwordProblem('Margarethe', NAMES)?.code).toBe('INVALID');
    expect(passwordProblem('MARGARETHE@EXAMPLE.ORG', NAMES)?.code).toBe('INVALID');
    expect(passwordProblem('margarethe2', NAMES)).toBeNull();
  });

  it('refuses the most common passwords', () => {
    expect(passwordProblem('1234567890', NAMES)?.code).toBe('INVALID');
    expect(passwordProblem('PassWord123', NAMES)?.code).toBe('INVALID');
    expect(passwordProblem('aaaaaaaaaaaa', NAMES)?.code).toBe('INVALID');
    expect(passwordProblem('abcabcabcabc', NAMES)?.code).toBe('INVALID');
    expect(passwordProblem('abcdabcdabcd', NAMES)).toBeNull();
  });
});
